import { z } from 'zod'
import { connectionSettings } from '../kit/connectionSettings.ts'
import { declared } from '../command.ts'
import type { Upstream } from '../upstream.ts'
import { quote } from './commands/quote.ts'
import { submitSecret } from './commands/submitSecret.ts'
import { submitSignedOrder } from './commands/submitSignedOrder.ts'
import { fusionPlusCourse } from './course.ts'
import { normalise } from './normalise.ts'
import { fusionPlusPanels } from './panels.ts'
import { fusionPlusVocabulary } from './vocabulary.ts'

const version = z.string().regex(/^v\d+(?:\.\d+)?$/, 'a version like v1.2')

/** Settings of a connection to the Fusion+ feed. One socket carries all pairs of chains. */
export const fusionPlusSettings = z.strictObject({
  apiVersion: version
    .default('v1.2')
    .describe('Version of the socket, appended to `url` unless it ends in one; SDK 1.x speaks v1.0'),
  restVersion: version.default('v1.2').describe('Version of the REST API; SDK 1.x speaks v1.1'),
  ...connectionSettings({
    staleAfterMs: 45_000,
    silence: 'Silence after which a connection counts as dead: three unanswered pings',
    watch: 'Order hashes to follow',
  }),
})

/** Settings of a connection to the Fusion+ feed. */
export type FusionPlusSettings = z.infer<typeof fusionPlusSettings>

/** 1inch Fusion+ (cross-chain swaps): events over WebSocket, escrows and timelocks over REST. */
export const oneinchFusionPlus: Upstream<FusionPlusSettings> = {
  system: 'oneinch-fusion-plus',
  label: '1inch Fusion+',
  settings: fusionPlusSettings,
  credential: 'optional',
  vocabulary: fusionPlusVocabulary,
  capabilities: [
    { name: 'watchIntent', isOffered: true, why: '' },
    { name: 'reread', isOffered: true, why: '' },
    { name: 'listIntents', isOffered: true, why: '' },
    {
      name: 'cancelIntent',
      isOffered: false,
      why: 'An order is cancelled by its maker on the source chain; there is no end point for it.',
    },
  ],
  commands: [declared(submitSecret), declared(submitSignedOrder), declared(quote)],
  panels: fusionPlusPanels,
  course: fusionPlusCourse,
  normalise,
  load: async () => {
    const [{ connect }, { test }] = await Promise.all([import('./connect.ts'), import('./connectionTest.ts')])
    return { connect, test }
  },
}
