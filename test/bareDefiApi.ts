import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { onLoopback, type Loopback } from './loopback.ts'

/** A request with a body, as it arrived. */
export interface Posted {
  path: string
  body: string
  headers: IncomingMessage['headers']
}

/** A DeFi API as the contract page describes it and nothing more, written apart from everything of the console. */
export interface BareDefiApi extends Loopback {
  /** Without a version; paths begin with `/v1`, or `/affiliate/v1`. */
  url: string
  /** What one intent answers, by the id asked for: JSON text, sent as it stands; the code is 200 unless given. */
  intents: Map<string, string | { status: number; text: string }>
  /** Items of the list; null: there is none. */
  swaps: string[] | null
  networks: string
  tokens: string
  /** Every request, in order: `GET /v1/networks`. */
  reads: string[]
  headers: IncomingMessage['headers'][]
  /** Every post, in order. */
  posts: Posted[]
  /** How posts are answered; null closes the socket without an answer. */
  answerPost: (posted: Posted) => { status: number; body: object } | null
  /** Answers a request in place of the usual answers; false leaves it to them. */
  answer: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Takes everything and answers nothing. */
  isMute: boolean
}

const NETWORKS = [
  { id: 1, name: 'Ethereum', type: 'EVM', supports_optimized_swap: true, supports_custom_tokens: true },
  { id: 4, name: 'Solana', type: 'Solana', supports_optimized_swap: false, supports_custom_tokens: false },
]

/** Starts a bare API on loopback, on any free port unless one is given. */
export async function bareDefiApi(port = 0): Promise<BareDefiApi> {
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    api.reads.push(`${request.method ?? ''} ${path}`)
    api.headers.push(request.headers)
    if (api.isMute || api.answer(request, response)) return
    if (request.method === 'POST') {
      receive(request, response, api)
      return
    }
    const { status, text } = answerTo(path, api)
    response.writeHead(status, { 'content-type': 'application/json' }).end(text)
  })
  const api: BareDefiApi = {
    ...(await onLoopback(server, port)),
    intents: new Map(),
    swaps: null,
    networks: JSON.stringify(NETWORKS),
    tokens: '{"data":[],"pagination":{"limit":100,"offset":0,"pages":0,"total":0}}',
    reads: [],
    headers: [],
    posts: [],
    answerPost: () => ({ status: 200, body: {} }),
    answer: () => false,
    isMute: false,
  }
  return api
}

function receive(request: IncomingMessage, response: ServerResponse, api: BareDefiApi): void {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    const posted = { path: request.url ?? '', body, headers: request.headers }
    api.posts.push(posted)
    const answer = api.answerPost(posted)
    if (answer === null) response.destroy()
    else
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer.body))
  })
}

function answerTo(path: string, api: BareDefiApi): { status: number; text: string } {
  const url = new URL(path, 'http://127.0.0.1')
  const [, what = '', id = ''] = /^(?:\/affiliate)?\/v1\/(\w+)(?:\/([^/]+))?$/.exec(url.pathname) ?? []
  if (what === 'networks') return { status: 200, text: api.networks }
  if (what === 'tokens') return { status: 200, text: api.tokens }
  if (what === 'swaps' && api.swaps !== null) {
    const offset = Number(url.searchParams.get('offset') ?? 0)
    const limit = Number(url.searchParams.get('limit') ?? 10)
    return { status: 200, text: `[${api.swaps.slice(offset, offset + limit).join(',')}]` }
  }
  const found = what === 'intents' ? api.intents.get(id) : undefined
  if (found === undefined)
    return { status: 404, text: '{"code":404,"type":"not_found","message":"no such intent"}' }
  return typeof found === 'string' ? { status: 200, text: found } : found
}
