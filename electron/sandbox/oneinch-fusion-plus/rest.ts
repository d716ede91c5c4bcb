import type { IncomingMessage, RequestListener } from 'node:http'
import { answering, readBody, type Answer, type GarbledAnswer, type NoAnswer } from '../kit/answer.ts'
import type { Book } from '../kit/book.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { answerAtDesk, isForDesk } from '../kit/desk.ts'
import { failure, type Doorkeeper } from '../kit/doorkeeper.ts'
import type { Faults } from '../kit/faults.ts'
import type { HistoryWriter } from '../kit/history.ts'
import type { ReplyFaults } from '../kit/replyFaults.ts'
import { CHAINS } from './chains.ts'
import {
  activePage,
  cancelablePage,
  pageOf,
  publicActions,
  readyFills,
  readyOrders,
  secretsBody,
  type Page,
} from './lists.ts'
import type { SandboxOrder } from './order.ts'
import { statusBody } from './payloads.ts'
import { quoteAnswer } from './quoter.ts'
import type { Relayer } from './relayer.ts'

/** Most orders that one question may name. */
const MOST_HASHES = 500

/** What the HTTP side needs. */
export interface RestOptions {
  book: Book<SandboxOrder>
  clock: SandboxClock
  rate: number
  history: HistoryWriter
  faults: Faults
  doorkeeper: Doorkeeper
  replies: ReplyFaults
  relayer: Relayer
}

interface Asked {
  /** What stands behind the pattern in the path. */
  tail: string
  url: URL
  body: string
}

interface Route {
  /** As the history counts it. */
  name: string
  pattern: RegExp
  answer: (asked: Asked) => Answer | GarbledAnswer | NoAnswer
}

/** Serves the REST paths. Every request is counted in the history by its pattern. */
export function serveRest(options: RestOptions): RequestListener {
  const routes = [...orderRoutes(options), ...listRoutes(options), ...relayerRoutes(options), QUOTER]
  return answering(
    (request) => answer(request, routes, options),
    (error) => failure(400, 'Bad Request', error),
  )
}

async function answer(
  request: IncomingMessage,
  routes: readonly Route[],
  options: RestOptions,
): Promise<Answer | GarbledAnswer | NoAnswer> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const path = url.pathname.replace(/\/+$/, '')
  if (isForDesk(path)) return answerAtDesk(request, path, options)
  const body = request.method === 'POST' ? await readBody(request) : ''
  const line = `${request.method} ${path.replace(/\/v\d+\.\d+/, '')}`
  const route = routes.find(({ pattern }) => pattern.test(line))
  const tail = route?.pattern.exec(line)?.[1] ?? ''
  const given =
    options.doorkeeper.refusal(request) ??
    route?.answer({ tail, url, body }) ??
    failure(404, 'Not Found', `Cannot find ${path}`)
  const name = route?.name ?? `${request.method} (unknown)`
  options.history.read({ atMs: options.clock.nowMs(), route: name, path, httpStatus: given.status })
  return given
}

function orderRoutes({ book, rate }: RestOptions): Route[] {
  const of = (name: string, read: (order: SandboxOrder) => object): Route =>
    get(`${name}/:orderHash`, new RegExp(`^GET /fusion-plus/orders/order/${name}/(\\w+)$`), ({ tail }) => {
      const order = book.find(tail)
      return order ? ok(read(order)) : failure(404, 'Not Found', 'Order not found')
    })
  return [
    of('status', (order) => statusBody(order, rate)),
    of('ready-to-accept-secret-fills', (order) => ({ fills: readyFills(order) })),
    of('secrets', (order) => secretsBody(order, rate)),
    {
      name: 'POST /orders/order/status',
      pattern: /^POST \/fusion-plus\/orders\/order\/status$/,
      answer: ({ body }) => {
        const { orderHashes } = JSON.parse(body) as { orderHashes?: unknown }
        const isGood = Array.isArray(orderHashes) && orderHashes.length <= MOST_HASHES
        if (!isGood) return failure(400, 'Bad Request', `orderHashes is a list of at most ${MOST_HASHES}`)
        const known = orderHashes.flatMap((hash) => book.find(String(hash)) ?? [])
        return ok(known.map((order) => statusBody(order, rate)))
      },
    },
  ]
}

function listRoutes({ book, clock, rate }: RestOptions): Route[] {
  const list = (name: string, read: (url: URL) => object): Route =>
    get(name, new RegExp(`^GET /fusion-plus/orders/order/${name}$`), ({ url }) => ok(read(url)))
  return [
    list('active', (url) => activePage(book.all(), pageIn(url))),
    list('ready-to-accept-secret-fills', () => ({ orders: readyOrders(book.all()) })),
    list('ready-to-execute-public-actions', () => ({
      actions: publicActions(book.all(), { nowMs: clock.nowMs(), rate }),
    })),
    list('cancelable-by-resolvers', (url) =>
      cancelablePage(book.all(), pageIn(url), url.searchParams.get('chainType')),
    ),
    list('escrow', (url) => ({
      address:
        CHAINS.find(({ chainId }) => String(chainId) === url.searchParams.get('chainId'))?.factory ?? null,
    })),
    get('maker/:address', /^GET \/fusion-plus\/orders\/order\/maker\/(\w+)$/, ({ tail, url }) => {
      const own = book.all().filter(({ maker }) => maker.toLowerCase() === tail.toLowerCase())
      return ok(pageOf(own, pageIn(url), (order) => statusBody(order, rate)))
    }),
  ]
}

/** What changes something, and may lose its answer on the way. */
function relayerRoutes({ relayer, replies }: RestOptions): Route[] {
  const post = (name: string, take: (text: string) => Answer | GarbledAnswer): Route => ({
    name: `POST /relayer/${name}`,
    pattern: new RegExp(`^POST /fusion-plus/relayer/${name}$`),
    answer: ({ body }) => replies.carry(() => take(body)),
  })
  return [post('submit', relayer.submit), post('submit/secret', relayer.submitSecret)]
}

const QUOTER: Route = {
  name: 'GET /quoter/quote/receive',
  pattern: /^GET \/fusion-plus\/quoter\/quote\/receive$/,
  answer: ({ url }) => quoteAnswer(url.searchParams),
}

function get(name: string, pattern: RegExp, read: Route['answer']): Route {
  return { name: `GET /orders/order/${name}`, pattern, answer: read }
}

function ok(body: object): Answer {
  return { status: 200, body }
}

function pageIn({ searchParams }: URL): Page {
  const page = Number(searchParams.get('page') ?? 1)
  const limit = Number(searchParams.get('limit') ?? 100)
  const isGood = Number.isInteger(page) && page >= 1 && Number.isInteger(limit) && limit >= 1 && limit <= 500
  if (!isGood) throw new RangeError('page is 1 or more, limit 1 to 500')
  return { page, limit }
}
