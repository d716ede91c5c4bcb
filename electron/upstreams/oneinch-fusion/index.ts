import { z } from 'zod'
import { connectionSettings } from '../kit/connectionSettings.ts'
import { declared } from '../command.ts'
import type { Upstream } from '../upstream.ts'
import { quote } from './commands/quote.ts'
import { submitSignedOrder } from './commands/submitSignedOrder.ts'
import { course } from './course.ts'
import { normalise } from './normalise.ts'
import { panels } from './panels.ts'
import { oneinchFusionVocabulary } from './vocabulary.ts'

/** Settings of a connection to one chain's feed of 1inch Fusion. */
export const oneinchFusionSettings = z.strictObject({
  chainId: z
    .number()
    .int()
    .min(1)
    .default(1)
    .describe('Chain whose orders are watched, one feed each; a chain named in `url` goes before'),
  solana: z
    .boolean()
    .default(false)
    .describe('Watches Fusion on Solana instead: feed /v1.0/501, which has no readings over REST'),
  version: z
    .string()
    .regex(/^\d+\.\d+$/, 'a version such as 2.1')
    .optional()
    .describe('Limits listings to one order version; all versions when absent'),
  ...connectionSettings({
    staleAfterMs: 45_000,
    silence: 'Silence after which a connection counts as dead: three unanswered pings',
    watch: 'Order hashes to follow',
  }),
  watchMakers: z
    .array(z.string().min(1).max(200))
    .max(1_000)
    .default([])
    .describe('Addresses of makers whose orders are read after each connect'),
})

/** Settings of a connection to one chain's feed of 1inch Fusion. */
export type OneinchFusionSettings = z.infer<typeof oneinchFusionSettings>

/** 1inch Fusion (intent swaps on one chain): events over WebSocket, states over REST. */
export const oneinchFusion: Upstream<OneinchFusionSettings> = {
  system: 'oneinch-fusion',
  label: '1inch Fusion',
  settings: oneinchFusionSettings,
  credential: 'optional',
  vocabulary: oneinchFusionVocabulary,
  capabilities: [
    { name: 'watchIntent', isOffered: true, why: '' },
    { name: 'reread', isOffered: true, why: '' },
    { name: 'listIntents', isOffered: true, why: '' },
    {
      name: 'cancelIntent',
      isOffered: false,
      why: 'An order is cancelled by its maker on the chain; there is no end point for it.',
    },
  ],
  commands: [declared(submitSignedOrder), declared(quote)],
  panels,
  course,
  normalise,
  load: async () => {
    const [{ connect }, { test }] = await Promise.all([import('./connect.ts'), import('./connectionTest.ts')])
    return { connect, test }
  },
}
