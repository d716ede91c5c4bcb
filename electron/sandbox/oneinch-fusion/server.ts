import { createServer } from 'node:http'
import { createBook } from '../kit/book.ts'
import { createDoorkeeper } from '../kit/doorkeeper.ts'
import { createFrameServer } from '../kit/frameServer.ts'
import { openGate } from '../kit/gate.ts'
import { createHistory } from '../kit/history.ts'
import { createRandom } from '../kit/random.ts'
import { createReplyFaults } from '../kit/replyFaults.ts'
import type { SandboxConnection, SandboxSystem, SystemOptions } from '../system.ts'
import { createOneinchFaults } from './faults.ts'
import type { OrderEvent } from './life.ts'
import type { Mood } from './mood.ts'
import { isOver, type SandboxOrder } from './order.ts'
import { payloadOf } from './payloads.ts'
import { serveRest } from './rest.ts'
import { answerRpc } from './rpc.ts'
import { startStory } from './story.ts'

/** The feed of the one chain of this story. */
const FEED = '/fusion/ws/v2.0/1'

/** Name of the invented key in a profile. */
const KEY_NAME = 'DEMO_ONEINCH_FUSION_KEY'

/** Orders that are kept, so that a demo may run for days. */
const MOST_KEPT = 5_000

/** The story on 1inch Fusion's wire: WebSocket and HTTP on one port of 127.0.0.1. Fails when the port is taken. */
export async function startOneinchFusion(options: SystemOptions): Promise<SandboxSystem> {
  const { world, clock, seed } = options
  const random = createRandom(seed).branch('oneinch-fusion')
  const history = createHistory(options.historyLength)
  const mood: Mood = { isSpeechless: false }
  const book = createBook<SandboxOrder>({ most: MOST_KEPT, idOf: ({ orderHash }) => orderHash, isOver })
  const ending = new AbortController()
  const doorkeeper = createDoorkeeper({ random, clock })
  const http = createServer((request, response) => {
    rest(request, response)
  })
  const frames = createFrameServer({
    history,
    clock,
    random: random.branch('order'),
    admit: (request) => doorkeeper.admit(request, (path) => (path === FEED ? FEED : null)),
    answer: (_room, frame) => (mood.isSpeechless ? null : answerRpc(frame, book)),
  })
  http.on('upgrade', frames.upgrade)
  const tell = (event: OrderEvent, order: SandboxOrder): void => {
    frames.send({ room: FEED, event, frame: { event, result: payloadOf(event, order) } })
  }
  const gate = await openGate(options.port, (line) => http.emit('connection', line))
  const replies = createReplyFaults(clock)
  const faults = createOneinchFaults({
    frames,
    room: FEED,
    gate,
    replies,
    doorkeeper,
    mood,
    book,
    clock,
    random: random.branch('garble'),
    touch: (order) => {
      order.balance += 1n
      tell('order_balance_or_allowance_change', order)
    },
    signal: ending.signal,
  })
  const story = startStory({ ...options, book, cast: world.cast, random: random.branch('story'), tell })
  const relayer = { book, story, random: random.branch('relayer'), nowMs: clock.nowMs }
  const rest = serveRest({ book, clock, history, faults, doorkeeper, replies, relayer })

  return {
    connections: [connectionAt(`127.0.0.1:${gate.port}`)],
    credentials: { [KEY_NAME]: doorkeeper.key },
    faults,
    history,
    close: async () => {
      ending.abort()
      faults.calm()
      replies.close()
      story.close()
      frames.close()
      await gate.close()
    },
  }
}

function connectionAt(address: string): SandboxConnection {
  return {
    id: 'demo-1inch-fusion',
    system: 'oneinch-fusion',
    url: `ws://${address}/fusion/ws`,
    restUrl: `http://${address}`,
    credential: `env:${KEY_NAME}`,
    settings: { chainId: 1 },
  }
}
