import type { TestStep } from '../../../shared/api/presence.ts'
import { networkSteps, trySteps } from '../kit/connectionSteps.ts'
import { createFrameProbe } from '../kit/frameProbe.ts'
import { createHttp } from '../kit/http.ts'
import { offeredCredential } from '../kit/offeredCredential.ts'
import type { TestSite } from '../upstream.ts'
import { feedOf } from './feed.ts'
import type { OneinchFusionSettings } from './index.ts'

/** Tests a connection step by step on a socket of its own, which is closed at the end. Emits nothing. */
export async function* test(site: TestSite<OneinchFusionSettings>): AsyncGenerator<TestStep> {
  const probe = createFrameProbe(site, feedOf(site.connection).socketUrl)
  const lateTip = 'Check the host, the port and the network.'
  try {
    yield* trySteps(site, [
      ...networkSteps(site.connection.url),
      { name: 'handshake', run: probe.handshake, lateTip },
      {
        name: 'ping',
        run: probe.ping,
        lateTip: 'The socket is open but the application does not answer its ping.',
      },
      {
        name: 'orders',
        run: (signal) => checkOrders(site, signal),
        lateTip: 'Check `restUrl` in the profile.',
        // The REST API may live elsewhere: its answer tells something even when the socket does not work.
        isApart: true,
      },
    ])
  } finally {
    await probe.close()
  }
}

async function checkOrders(
  { connection, clock, credential }: TestSite<OneinchFusionSettings>,
  signal: AbortSignal,
): Promise<string> {
  const { restBaseUrl: baseUrl, ordersPath } = feedOf(connection)
  if (ordersPath === null) return 'This feed has no readings over REST.'
  const http = createHttp({ baseUrl, clock, credential: offeredCredential(credential) })
  const { status } = await http.get(`${ordersPath}/active?page=1&limit=1`, signal)
  if (status >= 200 && status <= 299) return `The REST API answers (HTTP ${status}).`
  throw new Error(
    `Active orders are answered with HTTP ${status}. Check \`restUrl\` and the chain in the profile.`,
  )
}
