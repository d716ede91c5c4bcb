import { createServer } from 'node:http'
import { createBook, type Book } from '../kit/book.ts'
import { createDoorkeeper } from '../kit/doorkeeper.ts'
import { createFrameServer } from '../kit/frameServer.ts'
import { openGate } from '../kit/gate.ts'
import { createHistory } from '../kit/history.ts'
import { startLives, type OpenLives } from '../kit/lives.ts'
import { createRandom, type Random } from '../kit/random.ts'
import { createReplyFaults } from '../kit/replyFaults.ts'
import type { SandboxConnection, SandboxSystem, SystemOptions } from '../system.ts'
import { createFusionPlusFaults } from './faults.ts'
import { writeLife, type OrderTurn, type Told } from './life.ts'
import { isOver, newOrder, type SandboxOrder } from './order.ts'
import { createdPayload, toldPayload } from './payloads.ts'
import { createRelayer } from './relayer.ts'
import { serveRest } from './rest.ts'
import { answerRpc } from './rpc.ts'

/** The one feed for all pairs of chains; published clients ask for several versions of it. */
const FEED = /^\/fusion-plus\/ws\/v1\.[0-2]$/

/** The room of everybody who listens. */
const ROOM = 'everybody'

/** Name of the invented key in a profile. */
const KEY_NAME = 'DEMO_ONEINCH_FUSION_PLUS_KEY'

/** Story time between two orders, on average: with some four minutes of life each, eighty are under way. */
const ARRIVAL_MS = 3_000

/** How long the story has been going on at the start: longer than the longest timelock, so that there are refunds. */
const PAST_MS = 15 * 60_000

/** Orders that are kept, so that a demo may run for days. */
const MOST_KEPT = 3_000

/** The story on Fusion+'s wire: WebSocket and HTTP on one port of 127.0.0.1. Fails when the port is taken. */
export async function startOneinchFusionPlus(options: SystemOptions): Promise<SandboxSystem> {
  const { clock, seed, rate } = options
  const random = createRandom(seed).branch('oneinch-fusion-plus')
  const history = createHistory(options.historyLength)
  const book = createBook<SandboxOrder>({ most: MOST_KEPT, idOf: ({ orderHash }) => orderHash, isOver })
  const ending = new AbortController()
  const doorkeeper = createDoorkeeper({ random, clock })

  const frames = createFrameServer({
    clock,
    random: random.branch('order'),
    history,
    admit: (request) => doorkeeper.admit(request, (path) => (FEED.test(path) ? ROOM : null)),
    answer: (_room, frame) => answerRpc(frame, book.all()),
  })
  const say = (event: string, result: object): void => {
    frames.send({ room: ROOM, event, frame: { event, result } })
  }
  const tell = (told: Told, order: SandboxOrder): void => {
    say(told.event, toldPayload(told, order, rate))
  }
  const http = createServer((request, response) => {
    rest(request, response)
  })
  http.on('upgrade', frames.upgrade)
  const gate = await openGate(options.port, (line) => http.emit('connection', line))
  const replies = createReplyFaults(clock)
  const faults = createFusionPlusFaults({
    frames,
    room: ROOM,
    gate,
    replies,
    doorkeeper,
    book,
    clock,
    random: random.branch('garble'),
    touch: (order) => {
      order.balance += 1n
      tell({ event: 'order_balance_change' }, order)
    },
    signal: ending.signal,
  })
  const story = startStory(options, { random: random.branch('story'), book, say, tell })
  const relayer = createRelayer(options, { book, story, random: random.branch('relayer'), tell })
  const rest = serveRest({ book, clock, rate, history, faults, doorkeeper, replies, relayer })

  return {
    connections: [connectionAt(`127.0.0.1:${gate.port}`)],
    credentials: { [KEY_NAME]: doorkeeper.key },
    faults,
    history,
    close: async () => {
      ending.abort()
      faults.calm()
      replies.close()
      relayer.close()
      story.close()
      frames.close()
      await gate.close()
    },
  }
}

function connectionAt(address: string): SandboxConnection {
  return {
    id: 'demo-1inch-fusion-plus',
    system: 'oneinch-fusion-plus',
    url: `ws://${address}/fusion-plus/ws`,
    restUrl: `http://${address}`,
    credential: `env:${KEY_NAME}`,
  }
}

function startStory(
  { world, clock, rate, absence }: SystemOptions,
  told: {
    random: Random
    book: Book<SandboxOrder>
    say: (event: string, result: object) => void
    tell: (told: Told, order: SandboxOrder) => void
  },
): OpenLives<SandboxOrder, OrderTurn> {
  return startLives<SandboxOrder, OrderTurn>({
    clock,
    random: told.random,
    rate,
    absence,
    arrivalMs: ARRIVAL_MS,
    pastMs: PAST_MS,
    begin: (serial, wallMs) => {
      const chance = told.random.branch(`life ${serial}`)
      const subject = newOrder(chance, world.cast, wallMs)
      told.book.add(subject)
      return { subject, turns: writeLife(subject, world.cast, chance) }
    },
    onTurn: (order, turn) => {
      if (turn === null) told.say('order_created', createdPayload(order))
      else if (turn.holds()) for (const each of turn.tells) told.tell(each, order)
    },
  })
}
