import { z } from 'zod'
import { connectionSettings } from '../kit/connectionSettings.ts'
import type { Upstream } from '../upstream.ts'
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
      'Generation `signed`: how the public key is written before its SHA-256 becomes x-api-key; the page does not say, Changelly’s samples use PKCS#1',
    ),
  ...connectionSettings({
    staleAfterMs: 45_000,
    silence: 'How long nothing may be read until the connection counts as lost',
    watch: 'Ids of intents to follow',
  }),
})

/** Settings of a connection to a DeFi API. */
export type DefiSettings = z.infer<typeof defiSettings>

const SOON = 'Comes with a later version of this console.'

/** The DeFi API (Changelly DeFi): readings over HTTP, in three generations. */
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
      why: 'Only the generation `signed` has a list, which is read by itself; elsewhere watch ids.',
    },
    { name: 'quote', isOffered: false, why: SOON },
    { name: 'createIntent', isOffered: false, why: SOON },
    { name: 'addApproval', isOffered: false, why: SOON },
    { name: 'refund', isOffered: false, why: 'No page of this API has an end point that refunds.' },
  ],
  normalise,
  panels: panelsOf,
  course: courseOf,
  load: async () => {
    const [{ connect }, { test }] = await Promise.all([import('./connect.ts'), import('./connectionTest.ts')])
    return { connect, test }
  },
}
