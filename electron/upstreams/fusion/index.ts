import { z } from 'zod'
import { connectionSettings } from '../kit/connectionSettings.ts'
import { declared } from '../command.ts'
import type { Upstream } from '../upstream.ts'
import { createSourceLockSession } from './commands/createSourceLockSession.ts'
import { getDomain } from './commands/getDomain.ts'
import { getNonce } from './commands/getNonce.ts'
import { prepareRefund } from './commands/prepareRefund.ts'
import { readMidnightBalance } from './commands/readMidnightBalance.ts'
import { readPermit2Params } from './commands/readPermit2Params.ts'
import { relayPermit } from './commands/relayPermit.ts'
import { reportDeploySubmitted } from './commands/reportDeploySubmitted.ts'
import { reportLockSubmitted } from './commands/reportLockSubmitted.ts'
import { reportRefundSubmitted } from './commands/reportRefundSubmitted.ts'
import { submitSignedIntent } from './commands/submitSignedIntent.ts'
import { course } from './course.ts'
import { normalise } from './normalise.ts'
import { panels } from './panels.ts'
import { fusionVocabulary } from './vocabulary.ts'

/** Settings of a connection to a Fusion backend. The documentation gives neither path nor namespace nor intervals. */
export const fusionSettings = z.strictObject({
  path: z
    .string()
    .regex(/^\//, 'begins with a slash')
    .default('/socket.io')
    .describe('Path of the Socket.IO endpoint; the library’s own default'),
  namespace: z
    .string()
    .regex(/^\//, 'begins with a slash')
    .default('/')
    .describe('Socket.IO namespace; the library’s own default'),
  transports: z
    .array(z.enum(['websocket', 'polling']))
    .min(1)
    .default(['websocket', 'polling'])
    .describe(
      'How the socket is carried, in the order tried; polling gets through proxies that refuse WebSocket',
    ),
  ...connectionSettings({
    staleAfterMs: 45_000,
    silence:
      'Silence after which a connection counts as dead: Socket.IO’s default heartbeat of 25 s and its 20 s of grace',
    watch: 'Ids of intents to follow',
  }),
})

/** Settings of a connection to a Fusion backend. */
export type FusionSettings = z.infer<typeof fusionSettings>

/** The Fusion backend (coordinator of the Midnight integration): Socket.IO events and REST readings. */
export const fusion: Upstream<FusionSettings> = {
  system: 'fusion',
  label: 'Fusion',
  settings: fusionSettings,
  credential: 'none',
  vocabulary: fusionVocabulary,
  capabilities: [
    { name: 'watchIntent', isOffered: true, why: '' },
    { name: 'reread', isOffered: true, why: '' },
    {
      name: 'listIntents',
      isOffered: false,
      why: 'The backend has no public list; the console knows what it heard.',
    },
    { name: 'cancelIntent', isOffered: false, why: 'The backend has no end point that cancels.' },
  ],
  commands: [
    declared(prepareRefund),
    declared(reportRefundSubmitted),
    declared(createSourceLockSession),
    declared(reportDeploySubmitted),
    declared(reportLockSubmitted),
    declared(readMidnightBalance),
    declared(readPermit2Params),
    declared(relayPermit),
    declared(submitSignedIntent),
    declared(getNonce),
    declared(getDomain),
  ],
  panels,
  course,
  normalise,
  load: async () => {
    const [{ connect }, { test }] = await Promise.all([import('./connect.ts'), import('./connectionTest.ts')])
    return { connect, test }
  },
}
