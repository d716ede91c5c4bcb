import type { TestStep } from '../../../shared/api/presence.ts'
import { networkSteps, trySteps } from '../kit/connectionSteps.ts'
import { createHttp } from '../kit/http.ts'
import type { TestSite } from '../upstream.ts'
import type { FusionSettings } from './index.ts'
import { FusionSocket } from './socket.ts'

/** Tests a connection step by step on a socket of its own, which is closed at the end. Emits nothing. */
export async function* test(site: TestSite<FusionSettings>): AsyncGenerator<TestStep> {
  const probe = createProbe(site)
  try {
    yield* trySteps(site, [
      ...networkSteps(site.connection.url),
      {
        name: 'handshake',
        run: probe.handshake,
        lateTip: 'Check the host, the port and the network.',
      },
      {
        name: 'subscribe',
        run: probe.subscribe,
        lateTip: 'A Fusion backend answers subscribe:all with mempool:stats at once; is this one?',
      },
      {
        name: 'ping',
        run: probe.ping,
        lateTip: 'The socket is open but the application does not answer its ping.',
      },
      {
        name: 'health',
        run: (signal) => checkHealth(site, signal),
        lateTip: 'Check `restUrl` in the profile.',
        // The REST API may live elsewhere: its health tells something even when the socket does not work.
        isApart: true,
      },
    ])
  } finally {
    await probe.close()
  }
}

async function checkHealth(
  { connection, clock }: TestSite<FusionSettings>,
  signal: AbortSignal,
): Promise<string> {
  const baseUrl = (connection.restUrl ?? connection.url).replace(/^ws/, 'http')
  const { status } = await createHttp({ baseUrl, clock }).get('/api/health', signal)
  if (status < 200 || status > 299) {
    throw new Error(`/api/health answers HTTP ${status}. Check \`restUrl\` in the profile.`)
  }
  return `The REST API answers (HTTP ${status}).`
}

interface Probe {
  handshake: () => Promise<string>
  subscribe: () => Promise<string>
  ping: () => Promise<string>
  close: () => Promise<void>
}

/** A socket that is asked one thing after the other. */
function createProbe(site: TestSite<FusionSettings>): Probe {
  let answered: (name: string) => void = () => undefined
  let broken: (error: Error) => void = () => undefined
  const socket = new FusionSocket(site, {
    opened: () => {
      answered('connect')
    },
    down: ({ reason, tip }) => {
      broken(new Error(`${reason} ${tip}`.trim()))
    },
    event: (name) => {
      answered(name)
    },
    damaged: () => undefined,
    traffic: () => undefined,
  })

  function ask(question: () => void, answer: string, text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      broken = reject
      answered = (name) => {
        if (name === answer) resolve(text)
      }
      question()
    })
  }

  const open = (): void => {
    socket.open()
  }
  const subscribe = (): void => {
    socket.say('subscribe:all')
  }
  const ping = (): void => {
    socket.say('ping')
  }

  return {
    handshake: () => ask(open, 'connect', 'The server speaks Socket.IO and let the console in.'),
    subscribe: () => ask(subscribe, 'mempool:stats', 'subscribe:all was answered with mempool:stats.'),
    ping: () => ask(ping, 'pong', 'The application answered its ping.'),
    close: () => {
      socket.drop()
      return socket.closed()
    },
  }
}
