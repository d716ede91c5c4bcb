import { z } from 'zod'
import { declared } from '../command.ts'
import { connectionSettings } from '../kit/connectionSettings.ts'
import type { Upstream } from '../upstream.ts'
import { addApproval } from './commands/addApproval.ts'
import { createIntent } from './commands/createIntent.ts'
import { quote } from './commands/quote.ts'
import { courseOf } from './course.ts'
import { normalise } from './normalise.ts'
import { panelsOf } from './panels.ts'
import { defiVocabulary } from './vocabulary.ts'

/** Settings of a connection to a DeFi API. */
export const defiSettings = z.strictObject({
  generation: z
    .enum(['affiliate', 'execution', 'signed'])
    .default('execution')
    .describe('Which of the three incompatible APIs is at the address: it decides paths and what is signed'),
  publicKeyForm: z
    .enum(['pkcs1', 'spki'])
    .default('pkcs1')
    .describe(
      'Generation “signed”: how the public key is written before its SHA-256 becomes x-api-key; the page does not say, Changelly’s samples use PKCS#1',
    ),
  ...connectionSettings({
    staleAfterMs: 45_000,
    silence: 'How long nothing may be read until the connection counts as lost',
    watch: 'Ids of intents to follow',
  }),
})

/** Settings of a connection to a DeFi API. */
export type DefiSettings = z.infer<typeof defiSettings>

/** The DeFi API (Changelly DeFi): readings and commands over HTTP, in three generations. */
export const defiApi: Upstream<DefiSettings> = {
  system: 'defi-api',
  label: 'DeFi API',
  settings: defiSettings,
  credential: 'optional',
  vocabulary: defiVocabulary,
  capabilities: [
    { name: 'watchIntent', isOffered: true, why: '' },
    { name: 'reread', isOffered: true, why: '' },
    {
      name: 'listIntents',
      isOffered: false,
      why: 'Only the generation “signed” has a list, which is read by itself; elsewhere watch ids.',
    },
    {
      name: 'refund',
      isOffered: false,
      why: 'No page of this API has an end point that refunds. The escrow or its resolver sends the funds to the refund address that was given with the intent; where that does not happen, the system’s support can act.',
    },
  ],
  commands: [declared(quote), declared(createIntent), declared(addApproval)],
  normalise,
  panels: panelsOf,
  course: courseOf,
  load: async () => {
    const [{ connect }, { test }] = await Promise.all([import('./connect.ts'), import('./connectionTest.ts')])
    return { connect, test }
  },
}
