import type { TestStep } from '../../../shared/api/presence.ts'
import { networkSteps, trySteps } from '../kit/connectionSteps.ts'
import { createHttp } from '../kit/http.ts'
import { offeredCredential } from '../kit/offeredCredential.ts'
import type { TestSite } from '../upstream.ts'
import { authoriserOf, baseUrlOf, hasList } from './api.ts'
import type { DefiSettings } from './index.ts'
import { privateKeyOf } from './signing.ts'

/** Tests a connection step by step. Emits nothing. */
export async function* test(site: TestSite<DefiSettings>): AsyncGenerator<TestStep> {
  const { url, restUrl, settings } = site.connection
  const lateTip = 'The server is slow or stuck; is this a DeFi API?'
  yield* trySteps(site, [
    ...networkSteps(restUrl ?? url),
    { name: 'credential', run: () => checkCredential(site), lateTip: 'The keychain does not answer.' },
    { name: 'networks', run: (signal) => read(site, '/networks', signal), lateTip },
    ...(hasList(settings.generation)
      ? [
          {
            name: 'list',
            run: (signal: AbortSignal) => read(site, '/swaps?limit=1&offset=0', signal),
            lateTip,
          },
        ]
      : []),
  ])
}

async function checkCredential({ connection, credential }: TestSite<DefiSettings>): Promise<string> {
  const { generation } = connection.settings
  const value = await credential()
  if (value === null) {
    if (generation === 'execution') return 'There is none; this generation may work without.'
    throw new Error(
      `There is none, and the generation ${generation} wants one. Set it on the card or with \`credential set\`.`,
    )
  }
  if (generation !== 'signed') return 'An API key is set.'
  privateKeyOf(value)
  return 'The RSA key can sign.'
}

async function read(
  { connection, clock, credential }: TestSite<DefiSettings>,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const { generation, publicKeyForm } = connection.settings
  const http = createHttp({
    baseUrl: baseUrlOf(connection.restUrl ?? connection.url, generation),
    clock,
    credential: offeredCredential(credential),
    authorise: authoriserOf(generation, { nowMs: clock.nowMs, publicKeyForm }),
  })
  const { status } = await http.get(path, signal)
  if (status === 404) return `The API answers and has no ${path.replace(/\?.*/, '')} (HTTP 404).`
  if (status > 299)
    throw new Error(`${path} answers HTTP ${status}. Check \`url\` and the setting \`generation\`.`)
  return `The API answers (HTTP ${status}).`
}
