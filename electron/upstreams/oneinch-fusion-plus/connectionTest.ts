import type { TestStep } from '../../../shared/api/presence.ts'
import { networkSteps, trySteps, type Step } from '../kit/connectionSteps.ts'
import { createFrameProbe } from '../kit/frameProbe.ts'
import { createHttp } from '../kit/http.ts'
import { offeredCredential } from '../kit/offeredCredential.ts'
import type { TestSite } from '../upstream.ts'
import { restUrlOf, socketUrlOf } from './address.ts'
import type { FusionPlusSettings } from './index.ts'

/** Tests a connection step by step on a socket of its own, which is closed at the end. Emits nothing. */
export async function* test(site: TestSite<FusionPlusSettings>): AsyncGenerator<TestStep> {
  const url = socketUrlOf(site.connection)
  const probe = createFrameProbe(site, url)
  const steps: Step[] = [
    ...networkSteps(url),
    { name: 'handshake', run: probe.handshake, lateTip: 'Check the path in `url` and the network.' },
    {
      name: 'ping',
      run: probe.ping,
      lateTip: 'The socket is open but the application does not answer its ping.',
    },
    // The REST API may live elsewhere: it tells something even when the socket does not work.
    { name: 'health', run: (signal) => readOrders(site, signal), lateTip: 'Check `restUrl`.', isApart: true },
  ]
  try {
    yield* trySteps(site, steps)
  } finally {
    await probe.close()
  }
}

async function readOrders(site: TestSite<FusionPlusSettings>, signal: AbortSignal): Promise<string> {
  const { clock, connection } = site
  const credential = offeredCredential(site.credential)
  const http = createHttp({ baseUrl: restUrlOf(connection), clock, credential })
  const path = `/orders/${connection.settings.restVersion}/order/active?page=1&limit=1`
  const { status } = await http.get(path, signal)
  if (status >= 200 && status <= 299) return `The REST API lists orders (HTTP ${status}).`
  throw new Error(`${path} answers HTTP ${status}. Check \`restUrl\` and \`restVersion\` in the profile.`)
}
