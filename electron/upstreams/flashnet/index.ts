import { z } from 'zod'
import { connectionSettings } from '../kit/connectionSettings.ts'
import { declared } from '../command.ts'
import type { Upstream } from '../upstream.ts'
import { submitClawback } from './commands/submitClawback.ts'
import { submitSignedIntent } from './commands/submitSignedIntent.ts'
import { verifyDeposit } from './commands/verifyDeposit.ts'
import { course } from './course.ts'
import { normalise } from './normalise.ts'
import { panels } from './panels.ts'
import { flashnetVocabulary } from './vocabulary.ts'

/** Settings of a connection to a Flashnet execution gateway. */
export const flashnetSettings = z.strictObject({
  ...connectionSettings({
    staleAfterMs: 30_000,
    silence: 'How long nothing may be read until the connection counts as lost',
    watch: 'Submission ids to follow; the gateway has no list',
  }),
  depositAddress: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The Spark address that deposits go to; another one in the network info raises an alarm'),
  wire: z
    .enum(['nonce', 'proof'])
    .default('proof')
    .describe(
      'The generation of the gateway, for what is submitted: with a nonce, or with proofs of deposits',
    ),
  chainId: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('The chain of the gateway’s contract; what was signed for another one is not submitted'),
})

/** Settings of a connection to a Flashnet execution gateway. */
export type FlashnetSettings = z.infer<typeof flashnetSettings>

/** The Flashnet execution gateway: submissions are polled one by one, since it has neither a list nor a push channel. */
export const flashnet: Upstream<FlashnetSettings> = {
  system: 'flashnet',
  label: 'Flashnet',
  settings: flashnetSettings,
  credential: 'optional',
  vocabulary: flashnetVocabulary,
  capabilities: [
    { name: 'watchIntent', isOffered: true, why: '' },
    { name: 'reread', isOffered: true, why: '' },
    {
      name: 'listIntents',
      isOffered: false,
      why: 'The gateway has no list; a submission is followed by its id.',
    },
  ],
  commands: [declared(submitSignedIntent), declared(verifyDeposit), declared(submitClawback)],
  panels,
  course,
  normalise,
  load: async () => {
    const [{ connect }, { test }] = await Promise.all([import('./connect.ts'), import('./connectionTest.ts')])
    return { connect, test }
  },
}
