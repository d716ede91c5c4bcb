import { bareFrames } from '../bareFrames.ts'

const NO_SUCH_PATH = 'HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

/** RFC 6455, section 7.4.1: the policy of who is let in. */
const POLICY_VIOLATION = 1008

/** A server of 1inch orders, written from the contract's pages alone: one path for sockets, one bearer key. */
export interface OrderPage {
  port: number
  say: (event: string, result: object) => void
  /** The orders that REST knows, by hash. */
  orders: Map<string, object>
  /** Hashes that `getActiveOrders` lists, one on each page. */
  listed: string[]
  /** Everything that was asked over REST: `GET /path`. */
  asked: readonly string[]
  /** What the relayer was sent, in order: the path, the very text, and what was shown for a key. */
  relayed: { path: string; body: string; authorization: string | undefined }[]
  /** Status and body of the relayer's answer; null closes the connection without one. */
  relay: (body: string) => { status: number; text: string } | null
  cut: () => void
  close: () => Promise<void>
}

/** In what the pages of two systems differ. */
interface Wire {
  /** The one key that is let in. */
  key: string
  socketPath: string
  /** An order as the listing shows it. */
  item: (orderHash: string) => object
  /** What `getAllowedMethods` answers; null: nothing. */
  methods: readonly string[] | null
  /** What a reading answers; undefined: 404. */
  read: (page: OrderPage, path: string, body: string) => unknown
}

/** Starts one on any free port of loopback. */
export async function orderPage(wire: Wire): Promise<OrderPage> {
  const bare = await bareFrames()
  const isGood = (authorization: string | undefined): boolean => authorization === `Bearer ${wire.key}`
  bare.answerHandshake = () => (bare.upgrades.at(-1)?.path === wire.socketPath ? null : NO_SUCH_PATH)
  bare.greet = (socket) => {
    if (!isGood(bare.upgrades.at(-1)?.authorization)) socket.close(POLICY_VIOLATION)
  }
  bare.answerFrame = (frame) => {
    const { method, param } = frame as { method: string; param?: { page?: number } }
    const result = answerTo(method, param?.page ?? 1)
    return result === null ? null : { method, result }
  }
  bare.answerRest = (request, response, body) => {
    const { url: path = '', headers } = request
    if (request.method === 'POST' && path.includes('/relayer/')) {
      page.relayed.push({ path, body, authorization: headers.authorization })
      const answer = page.relay(body)
      if (answer === null) response.destroy()
      else response.writeHead(answer.status).end(answer.text)
      return true
    }
    const known = isGood(request.headers.authorization) ? wire.read(page, request.url ?? '', body) : null
    if (known === null) response.writeHead(401).end()
    else if (known === undefined) response.writeHead(404).end('{"statusCode":404,"message":"Not Found"}')
    else response.end(JSON.stringify(known))
    return true
  }
  const answerTo = (method: string, currentPage: number): unknown => {
    if (method === 'ping') return 'pong'
    if (method === 'getAllowedMethods') return wire.methods
    if (method !== 'getActiveOrders') return null
    const { length } = page.listed
    const items = page.listed.slice(currentPage - 1, currentPage).map(wire.item)
    return { meta: { totalItems: length, itemsPerPage: 1, totalPages: length, currentPage }, items }
  }
  const page: OrderPage = {
    port: Number(new URL(bare.url).port),
    say: (event, result) => {
      bare.say({ event, result })
    },
    orders: new Map(),
    listed: [],
    asked: bare.reads,
    relayed: [],
    relay: () => ({ status: 201, text: '' }),
    cut: bare.drop,
    close: bare.close,
  }
  return page
}
