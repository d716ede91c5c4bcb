import type { TestStep } from '../../../shared/api/presence.ts'
import { networkSteps, trySteps, type Step } from '../kit/connectionSteps.ts'
import { FrameSocket } from '../kit/frameSocket.ts'
import { createHttp } from '../kit/http.ts'
import { offeredCredential } from '../kit/offeredCredential.ts'
import { RpcOverFrames } from '../kit/rpcOverFrames.ts'
import type { TestSite } from '../upstream.ts'
import { restUrlOf, socketUrlOf } from './address.ts'
import type { FusionPlusSettings } from './index.ts'

/** Tests a connection step by step on a socket of its own, which is closed at the end. Emits nothing. */
export async function* test(site: TestSite<FusionPlusSettings>): AsyncGenerator<TestStep> {
  const probe = createProbe(site)
  const steps: Step[] = [
    ...networkSteps(socketUrlOf(site.connection)),
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

interface Probe {
  handshake: () => Promise<string>
  ping: (signal: AbortSignal) => Promise<string>
  close: () => Promise<void>
}

/** A socket that is asked one thing after the other. */
function createProbe(site: TestSite<FusionPlusSettings>): Probe {
  const opening = Promise.withResolvers<string>()
  const { clock, connection } = site
  const credential = offeredCredential(site.credential)
  const socket = new FrameSocket(
    { url: socketUrlOf(connection), clock, credential },
    {
      opened: () => {
        opening.resolve('The server opened the WebSocket and let the console in.')
      },
      down: ({ reason, tip }) => {
        opening.reject(new Error(`${reason} ${tip}`.trim()))
      },
      frame: (_, value) => {
        rpc.heard(value)
      },
      damaged: () => undefined,
      traffic: () => undefined,
      ponged: () => undefined,
    },
  )
  const rpc = new RpcOverFrames(clock, (frame) => socket.send(frame))
  return {
    handshake: () => {
      socket.open()
      return opening.promise
    },
    ping: async (signal) => {
      await rpc.ask({ method: 'ping' }, signal)
      return 'The application answered its ping.'
    },
    close: () => {
      socket.drop()
      return socket.closed()
    },
  }
}
