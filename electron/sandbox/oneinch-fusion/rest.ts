import type { IncomingMessage, RequestListener } from 'node:http'
import { answering, readBody, type Answer, type GarbledAnswer, type NoAnswer } from '../kit/answer.ts'
import type { Book } from '../kit/book.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { answerAtDesk, isForDesk } from '../kit/desk.ts'
import { failure, type Doorkeeper } from '../kit/doorkeeper.ts'
import type { Faults } from '../kit/faults.ts'
import type { HistoryWriter } from '../kit/history.ts'
import type { ReplyFaults } from '../kit/replyFaults.ts'
import type { SandboxOrder } from './order.ts'
import { activeOrder, isActive, makerItem, pageOf, statusBody } from './payloads.ts'
import { quoteAnswer } from './quoter.ts'
import { submit, type RelayerOptions } from './relayer.ts'

/** Where the orders of the one chain are. */
const ORDERS = '/fusion/orders/v2.0/1/order'

/** Where a signed order is submitted, and a quote asked for. */
const SUBMIT = 'POST /fusion/relayer/v2.0/1/order/submit'
const QUOTE = 'GET /fusion/quoter/v2.0/1/quote/receive'

/** Most orders that one question may name. */
const MOST_HASHES = 500

/** What the HTTP side needs. */
export interface RestOptions {
  book: Book<SandboxOrder>
  clock: SandboxClock
  history: HistoryWriter
  faults: Faults
  doorkeeper: Doorkeeper
  replies: ReplyFaults
  relayer: RelayerOptions
}

/** Serves the REST paths. Every request is counted in the history by its pattern. */
export function serveRest(options: RestOptions): RequestListener {
  return answering(
    (request) => answer(request, options),
    (error) => failure(400, 'Bad Request', error),
  )
}

async function answer(
  request: IncomingMessage,
  options: RestOptions,
): Promise<Answer | GarbledAnswer | NoAnswer> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const path = url.pathname.replace(/\/+$/, '')
  if (isForDesk(path)) return answerAtDesk(request, path, options)
  const body = request.method === 'POST' ? await readBody(request) : ''
  const { route, give } = find(`${request.method} ${path}`, { url, body, options })
  const found = options.doorkeeper.refusal(request) ?? give()
  options.history.read({ atMs: options.clock.nowMs(), route, path, httpStatus: found.status })
  return found
}

interface Asked {
  url: URL
  body: string
  options: RestOptions
}

/** A path that is served: as the history counts it, and what it answers. */
interface Found {
  route: string
  give: () => Answer | GarbledAnswer | NoAnswer
}

function find(line: string, asked: Asked): Found {
  const { url, body, options } = asked
  if (line === SUBMIT)
    return {
      route: 'POST /order/submit',
      give: () => options.replies.carry(() => submit(body, options.relayer)),
    }
  if (line === QUOTE) return { route: 'GET /quote/receive', give: () => quoteAnswer(url.searchParams) }
  const { route, given } = answerOrder(line, { url, body, book: options.book })
  return { route, give: () => given }
}

function answerOrder(
  line: string,
  { url, body, book }: { url: URL; body: string; book: Book<SandboxOrder> },
): { route: string; given: Answer } {
  const of = (route: string, given: Answer): { route: string; given: Answer } => ({ route, given })
  const [, hash] = /^GET .*\/order\/status\/(\w+)$/.exec(line) ?? []
  const [, maker] = /^GET .*\/order\/maker\/(\w+)$/.exec(line) ?? []
  if (!line.includes(` ${ORDERS}`)) return of(`${line.split(' ')[0]} (unknown)`, failure(404, 'Not Found'))
  if (hash !== undefined) return of('GET /order/status/:orderHash', one(book, hash))
  if (maker !== undefined) {
    const own = book.all().filter((order) => order.maker === maker.toLowerCase())
    return of(
      'GET /order/maker/:address',
      paged(url, (page) => pageOf(own, page, makerItem)),
    )
  }
  switch (line) {
    case `GET ${ORDERS}/active`:
      return of(
        'GET /order/active',
        paged(url, (page) => pageOf(book.all().filter(isActive), page, activeOrder)),
      )
    case `GET ${ORDERS}/settlement`:
      return of('GET /order/settlement', {
        status: 200,
        body: { address: '0x2ad5004c60e16e54d5007c80ce329adde5b51ef5' },
      })
    case `POST ${ORDERS}/status`:
      return of('POST /order/status', many(book, body))
    default:
      return of(`${line.split(' ')[0]} (unknown)`, failure(404, 'Not Found'))
  }
}

function one(book: Book<SandboxOrder>, hash: string): Answer {
  const order = book.find(hash)
  return order ? { status: 200, body: statusBody(order) } : failure(404, 'Not Found', 'Order not found')
}

/** Orders that nobody knows are left out. */
function many(book: Book<SandboxOrder>, body: string): Answer {
  const { orderHashes } = JSON.parse(body) as { orderHashes?: unknown }
  const isGood = Array.isArray(orderHashes) && orderHashes.length <= MOST_HASHES
  if (!isGood) return failure(400, 'Bad Request', `orderHashes is a list of at most ${MOST_HASHES}`)
  const known = orderHashes.map((hash) => book.find(String(hash))).filter((order) => order !== undefined)
  return { status: 200, body: known.map(statusBody) }
}

function paged(url: URL, write: (page: { page: number; limit: number }) => object): Answer {
  const page = Number(url.searchParams.get('page') ?? 1)
  const limit = Number(url.searchParams.get('limit') ?? 100)
  const isGood = Number.isInteger(page) && page >= 1 && Number.isInteger(limit) && limit >= 1 && limit <= 500
  return isGood
    ? { status: 200, body: write({ page, limit }) }
    : failure(400, 'Bad Request', 'page >= 1, limit 1 to 500')
}
