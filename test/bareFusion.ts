import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket as TcpSocket } from 'node:net'
import { Server, type Socket } from 'socket.io'

/** A Fusion backend as the contract page describes it and nothing more, written apart from everything of the console. */
export interface BareFusion {
  url: string
  /** What `GET /api/intents/:id` answers, by the id asked for. Values are JSON text, sent as it stands. */
  intents: Map<string, string>
  /** What was asked over REST (`GET /api/health`), in order. */
  reads: string[]
  /** What was said over sockets, in order. */
  heard: { event: string; args: unknown[] }[]
  /** Every socket that ever joined. */
  sockets: Socket[]
  /** Attempts to begin a connection, whatever became of them. */
  handshakes: () => number
  /** How many sockets are open. */
  openSockets: () => number
  /** How many listen to `subscribe:all`. */
  listeners: () => number
  /** Answers a request over REST in place of the usual answers; false leaves it to them. */
  answer: (request: IncomingMessage, response: ServerResponse) => boolean
  /** The HTTP answer, as text, to a request that begins a connection; null lets it in. */
  answerHandshake: () => string | null
  /** Called with each socket that has joined. */
  greet: (socket: Socket) => void
  /** Takes everything and answers nothing. */
  isMute: boolean
  /** Emits an event to all who joined `subscribe:all`. */
  say: (event: string, payload: unknown) => void
  /** Emits an event to those who joined one intent's room. */
  sayTo: (intentId: string, event: string, payload: unknown) => void
  /** Sends the text of one Socket.IO packet as it stands, whatever it is. */
  sayText: (text: string) => void
  /** Sends bytes as they stand over every connection, below WebSocket. */
  sayBytes: (bytes: Uint8Array) => void
  /** Whether everything that was sent has left for the network. */
  isSent: () => boolean
  /** Closes every connection; whoever comes again is let in. */
  drop: () => void
  /** Closes every connection and lets nobody in, for a reason, until `letIn`. */
  shutOut: (reason?: string) => void
  letIn: () => void
  close: () => Promise<void>
}

const STATS = { total: 4, submitted: 1, matched: 1, executing: 1, completed: 1, failed: 0, cancelled: 0 }

/** Starts a bare backend on loopback, on any free port unless one is given. */
export async function bareFusion(port = 0): Promise<BareFusion> {
  let refusal: string | null = null
  let handshakes = 0
  const http = createServer((request, response) => {
    const path = request.url ?? ''
    fusion.reads.push(`${request.method ?? ''} ${path}`)
    if (!fusion.answer(request, response)) answer(path, response, fusion.intents)
  })
  const io = new Server(http)
  io.engine.use((request: IncomingMessage, _: ServerResponse, next: () => void) => {
    const isNew = !(request.url ?? '').includes('sid=')
    if (isNew) handshakes += 1
    const text = isNew ? fusion.answerHandshake() : null
    if (text === null) next()
    else request.socket.end(text)
  })
  io.use((_, next) => {
    if (refusal === null) next()
    else next(new Error(refusal))
  })
  io.on('connection', (socket) => {
    fusion.sockets.push(socket)
    listen(socket, fusion)
    fusion.greet(socket)
  })
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))

  const fusion: BareFusion = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    intents: new Map(),
    reads: [],
    heard: [],
    sockets: [],
    handshakes: () => handshakes,
    openSockets: () => io.engine.clientsCount,
    listeners: () => io.sockets.adapter.rooms.get('all')?.size ?? 0,
    answer: () => false,
    answerHandshake: () => null,
    greet: () => undefined,
    isMute: false,
    say: (event, payload) => io.to('all').emit(event, payload),
    sayTo: (intentId, event, payload) => io.to(`intent ${intentId}`).emit(event, payload),
    sayText: (text) => {
      for (const socket of io.sockets.sockets.values()) socket.conn.write(text)
    },
    sayBytes: (bytes) => {
      for (const socket of io.sockets.sockets.values()) tcpBelow(socket)?.write(bytes)
    },
    isSent: () =>
      [...io.sockets.sockets.values()].every((socket) => {
        const { writeBuffer } = socket.conn as unknown as { writeBuffer: unknown[] }
        return writeBuffer.length === 0 && (tcpBelow(socket)?.writableLength ?? 0) === 0
      }),
    drop: () => {
      io.disconnectSockets(true)
    },
    shutOut: (reason = 'shut for maintenance') => {
      refusal = reason
      io.disconnectSockets(true)
    },
    letIn: () => {
      refusal = null
    },
    close: async () => {
      http.closeAllConnections()
      await io.close()
    },
  }
  return fusion
}

/** The TCP socket below a WebSocket; null while the socket is polled. */
function tcpBelow(socket: Socket): TcpSocket | null {
  const transport = socket.conn.transport as unknown as { socket?: { _socket?: TcpSocket } }
  return transport.socket?._socket ?? null
}

function listen(socket: Socket, fusion: BareFusion): void {
  socket.onAny((event: string, ...args: unknown[]) => {
    fusion.heard.push({ event, args })
  })
  const on = (event: string, answer: (argument: string) => void): void => {
    socket.on(event, (argument: string) => {
      if (!fusion.isMute) answer(argument)
    })
  }
  on('subscribe:all', () => {
    void socket.join('all')
    socket.emit('mempool:stats', STATS)
  })
  on('subscribe:intent', (intentId) => {
    void socket.join(`intent ${intentId}`)
    const known = fusion.intents.get(intentId)
    if (known === undefined) socket.emit('intent:not_found', { intentId })
    else socket.emit('intent:status', JSON.parse(known))
  })
  on('unsubscribe:intent', (intentId) => void socket.leave(`intent ${intentId}`))
  on('ping', () => socket.emit('pong', { timestamp: Date.now() }))
}

function answer(path: string, response: ServerResponse, intents: ReadonlyMap<string, string>): void {
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
