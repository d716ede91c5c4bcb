import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket as TcpSocket } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { onLoopback } from './loopback.ts'

/** A server of JSON frames and of HTTP on one port, that knows no system and is written apart from the console. */
export interface BareFrames {
  /** `http://127.0.0.1:<port>`; sockets are let in on every path. */
  url: string
  /** Paths of the upgrades, and the header `authorization` of each, in order. */
  upgrades: { path: string; authorization: string | undefined }[]
  /** What was asked over HTTP (`GET /path?query`), in order. */
  reads: string[]
  /** Frames of clients, in order, as far as they are JSON. */
  heard: unknown[]
  /** What a frame of a client is answered; null answers nothing. */
  answerFrame: (frame: unknown) => unknown
  /** Answers a request over HTTP; false leaves it to a 404. */
  answerRest: (request: IncomingMessage, response: ServerResponse, body: string) => boolean
  /** The HTTP answer, as text, to an upgrade; null lets it in. */
  answerHandshake: () => string | null
  /** Called with each socket that was let in. */
  greet: (socket: WebSocket) => void
  say: (frame: unknown) => void
  sayText: (text: string) => void
  sayBinary: (bytes: Uint8Array) => void
  /** Sends bytes as they stand over every connection, below WebSocket. */
  sayBytes: (bytes: Uint8Array) => void
  openSockets: () => number
  /** Closes every socket with a code, or cuts it without one. */
  drop: (code?: number) => void
  close: () => Promise<void>
}

/** Starts one on loopback, on any free port unless one is given. */
export async function bareFrames(port = 0): Promise<BareFrames> {
  const sockets = new WebSocketServer({ noServer: true })
  const http = createServer((request, response) => {
    const read = async (): Promise<void> => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      bare.reads.push(`${request.method ?? ''} ${request.url ?? ''}`)
      if (!bare.answerRest(request, response, body)) response.writeHead(404).end('{"error":"Not Found"}')
    }
    read().catch(() => response.destroy())
  })
  http.on('upgrade', (request: IncomingMessage, tcp: TcpSocket, head: Buffer) => {
    bare.upgrades.push({ path: request.url ?? '', authorization: request.headers.authorization })
    const refusal = bare.answerHandshake()
    if (refusal !== null) {
      tcp.end(refusal)
      return
    }
    sockets.handleUpgrade(request, tcp, head, (socket) => {
      listen(socket, bare)
      bare.greet(socket)
    })
  })
  const { url, close } = await onLoopback(http, port)

  const each = (tell: (socket: WebSocket) => void): void => {
    for (const socket of sockets.clients) tell(socket)
  }
  const bare: BareFrames = {
    url,
    upgrades: [],
    reads: [],
    heard: [],
    answerFrame: () => null,
    answerRest: () => false,
    answerHandshake: () => null,
    greet: () => undefined,
    say: (frame) => {
      bare.sayText(JSON.stringify(frame))
    },
    sayText: (text) => {
      each((socket) => {
        socket.send(text)
      })
    },
    sayBinary: (bytes) => {
      each((socket) => {
        socket.send(bytes)
      })
    },
    sayBytes: (bytes) => {
      each((socket) => (socket as unknown as { _socket: TcpSocket })._socket.write(bytes))
    },
    openSockets: () => sockets.clients.size,
    drop: (code) => {
      each((socket) => {
        if (code === undefined) socket.terminate()
        else socket.close(code)
      })
    },
    close,
  }
  return bare
}

function listen(socket: WebSocket, bare: BareFrames): void {
  socket.on('error', () => undefined)
  socket.on('message', (data: Buffer) => {
    const frame: unknown = JSON.parse(data.toString('utf8'))
    bare.heard.push(frame)
    const answer = bare.answerFrame(frame)
    if (answer !== null && answer !== undefined) socket.send(JSON.stringify(answer))
  })
}
