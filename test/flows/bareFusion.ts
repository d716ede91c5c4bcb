import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'

/** A Fusion backend as the contract page describes it and nothing more, written apart from everything of the console. */
export interface BareFusion {
  url: string
  /** What `GET /api/intents/:id` answers, by the id asked for. Values are JSON text, sent as it stands. */
  intents: Map<string, string>
  /** Paths read over REST, in order. */
  reads: string[]
  /** How many listen to `subscribe:all`. */
  listeners: () => number
  /** Emits an event to all who joined `subscribe:all`. */
  say: (event: string, payload: unknown) => void
  /** Emits an event to those who joined one intent's room. */
  sayTo: (intentId: string, event: string, payload: unknown) => void
  /** Sends the text of one Socket.IO packet as it stands, whatever it is. */
  sayText: (text: string) => void
  /** Closes every connection and lets nobody in until `letIn`. */
  shutOut: () => void
  letIn: () => void
  close: () => Promise<void>
}

const STATS = { total: 4, submitted: 1, matched: 1, executing: 1, completed: 1, failed: 0, cancelled: 0 }

/** Starts a bare backend on loopback. */
export async function bareFusion(): Promise<BareFusion> {
  const intents = new Map<string, string>()
  const reads: string[] = []
  let isShut = false
  const http = createServer((request, response) => {
    answer(request, response, { intents, reads })
  })
  const io = new Server(http)
  io.use((_, next) => {
    if (isShut) next(new Error('shut for maintenance'))
    else next()
  })
  io.on('connection', (socket) => {
    listen(socket, intents)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    intents,
    reads,
    listeners: () => io.sockets.adapter.rooms.get('all')?.size ?? 0,
    say: (event, payload) => io.to('all').emit(event, payload),
    sayTo: (intentId, event, payload) => io.to(`intent ${intentId}`).emit(event, payload),
    sayText: (text) => {
      for (const socket of io.sockets.sockets.values()) socket.conn.write(text)
    },
    shutOut: () => {
      isShut = true
      io.disconnectSockets(true)
    },
    letIn: () => {
      isShut = false
    },
    close: () => io.close(),
  }
}

function listen(socket: Socket, intents: Map<string, string>): void {
  socket.on('subscribe:all', async () => {
    await socket.join('all')
    socket.emit('mempool:stats', STATS)
  })
  socket.on('subscribe:intent', async (intentId: string) => {
    await socket.join(`intent ${intentId}`)
    const known = intents.get(intentId)
    if (known === undefined) socket.emit('intent:not_found', { intentId })
    else socket.emit('intent:status', JSON.parse(known))
  })
  socket.on('ping', () => socket.emit('pong', { timestamp: Date.now() }))
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { intents, reads }: Pick<BareFusion, 'intents' | 'reads'>,
): void {
  const path = request.url ?? ''
  reads.push(`${request.method ?? ''} ${path}`)
  const intentId = /^\/api\/intents\/([^/]+)$/.exec(path)?.[1]
  const body = intentId === undefined ? fixed(path) : intents.get(intentId)
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' })
  response.end(body ?? '{"error":"not found"}')
}

function fixed(path: string): string | undefined {
  if (path === '/api/health') return '{"status":"ok"}'
  if (path === '/api/chains') return '[{"id":84532,"name":"Base Sepolia","enabled":true,"operational":false}]'
  if (path === '/api/config/htlc-addresses') return '{"84532":"0x00000000000000000000000000000000000000aa"}'
  return undefined
}
