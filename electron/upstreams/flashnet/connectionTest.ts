import type { TestStep } from '../../../shared/api/presence.ts'
import { networkSteps, trySteps } from '../kit/connectionSteps.ts'
import { createHttp } from '../kit/http.ts'
import { offeredCredential } from '../kit/offeredCredential.ts'
import type { TestSite } from '../upstream.ts'
import { signIn } from './auth.ts'
import { gatewayUrl } from './endPoint.ts'
import type { FlashnetSettings } from './index.ts'

const LATE_TIP = 'The server is slow or stuck; is this a Flashnet gateway?'

/** Tests a connection step by step. Emits nothing; the token that it gets is forgotten at once. */
export async function* test(site: TestSite<FlashnetSettings>): AsyncGenerator<TestStep> {
  const lateTip = LATE_TIP
  yield* trySteps(site, [
    ...networkSteps(gatewayUrl(site.connection)),
    { name: 'credential', run: (signal) => checkCredential(site, signal), lateTip },
    { name: 'network', run: (signal) => read(site, '/api/v1/network/info', signal), lateTip },
    { name: 'health', run: (signal) => read(site, '/api/v1/health', signal), lateTip },
  ])
}

async function checkCredential(site: TestSite<FlashnetSettings>, signal: AbortSignal): Promise<string> {
  const { clock, connection, credential } = site
  if ((await credential()) === null) return 'There is none; submissions can be read without one.'
  const http = createHttp({ baseUrl: gatewayUrl(connection), clock })
  const signedIn = await signIn(http, offeredCredential(credential), { signal, nowMs: clock.nowMs })
  return signedIn === null
    ? 'A key is set; the gateway asks for none.'
    : `The gateway let the key ${signedIn.publicKey} in.`
}

async function read(
  { clock, connection }: TestSite<FlashnetSettings>,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const { status } = await createHttp({ baseUrl: gatewayUrl(connection), clock }).get(path, signal)
  if (status < 200 || status > 299) {
    throw new Error(`${path} answers HTTP ${status}. Check \`url\` in the profile.`)
  }
  return `${path} answers (HTTP ${status}).`
}
