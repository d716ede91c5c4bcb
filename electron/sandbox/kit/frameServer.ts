import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { SandboxClock } from './clock.ts'
import { createDisorder } from './disorder.ts'
import type { HistoryWriter } from './history.ts'
import type { Random } from './random.ts'

/** One frame on its way to everybody in a room. */
interface Parcel {
  room: string
  event: string
  /** Sent as JSON. */
  frame: unknown
}

/** The room that an upgrade leads to, or the HTTP answer, as text, that turns it away. */
export type Admission = { room: string } | { answer: string }

/** What a frame server depends on. */
export interface FrameServerOptions {
  clock: SandboxClock
  random: Random
  history: HistoryWriter
  /** Where an upgrade leads to. */
  admit: (request: IncomingMessage) => Admission
  /** What the frame of a client is answered; null when it is not. */
  answer: (room: string, frame: unknown) => object | null
}

/** WebSockets of JSON frames, by room; all in a room hear the same. The one place where frames leave the server. */
export interface FrameServer {
  /** For the `upgrade` events of an HTTP server. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Sends a frame to a room and writes it into the history. */
  send: (parcel: Parcel) => void
  /** Sends a text that breaks the contract to a room, as it stands, and writes it into the history. */
  sendGarbled: (room: string, text: string) => void
  /** Sends bytes to everybody, below WebSocket. */
  writeBytes: (bytes: Uint8Array) => void
  /** Shows everybody the door. */
  dismiss: (code: number, reason: string) => void
  /** Everything twice. */
  setRepeating: (isOn: boolean) => void
  /** A few at a time in a wrong order; what is held goes out when it is turned off. */
  setReordering: (isOn: boolean) => void
  close: () => void
}

/** The text of an HTTP answer that turns an upgrade away: `401 Unauthorized`. */
export function turnAway(status: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status}\r\n${lines.join('')}content-length: 0\r\nconnection: close\r\n\r\n`
}

/** A frame server without a client. */
export function createFrameServer(options: FrameServerOptions): FrameServer {
  const { clock, history } = options
  const server = new WebSocketServer({ noServer: true })
  const rooms = new Map<WebSocket, { room: string; line: Duplex }>()

  function join(client: WebSocket, room: string, line: Duplex): void {
    rooms.set(client, { room, line })
    client.on('close', () => rooms.delete(client))
    client.on('error', () => undefined)
    client.on('message', (data: Buffer) => {
      const frame = options.answer(room, parsed(data.toString('utf8')))
      if (frame === null) return
      const event = 'method' in frame ? String(frame.method) : 'answer'
      history.offered({ atMs: clock.nowMs(), room: 'one', event, payload: frame, isGarbled: false })
      client.send(JSON.stringify(frame))
    })
  }

  function write(room: string, text: string): void {
    for (const [client, { room: joined }] of rooms) if (joined === room) client.send(text)
  }

  const outlet = createDisorder<Parcel>(options, ({ room, event, frame }) => {
    history.offered({ atMs: clock.nowMs(), room, event, payload: frame, isGarbled: false })
    write(room, JSON.stringify(frame))
  })

  return {
    ...outlet,
    upgrade: (request, socket, head) => {
      const admitted = options.admit(request)
      if ('answer' in admitted) socket.end(admitted.answer)
      else
        server.handleUpgrade(request, socket, head, (client) => {
          join(client, admitted.room, socket)
        })
    },
    sendGarbled: (room, text) => {
      history.offered({ atMs: clock.nowMs(), room, event: 'garbled', payload: text, isGarbled: true })
      write(room, text)
    },
    writeBytes: (bytes) => {
      for (const { line } of rooms.values()) line.write(bytes)
    },
    dismiss: (code, reason) => {
      for (const client of rooms.keys()) client.close(code, reason)
    },
    close: () => {
      outlet.close()
      for (const client of rooms.keys()) client.terminate()
      server.close()
    },
  }
}

/** What is no JSON is no request. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
