import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import type { Presence } from '../shared/api/presence.ts'
import { connectionId } from '../shared/intent/ids.ts'
import type { RawEvent } from '../shared/log/rawEvent.ts'
import { connect } from '../electron/upstreams/fusion/connect.ts'
import { fusionSettings, type FusionSettings } from '../electron/upstreams/fusion/index.ts'
import { systemClock } from '../electron/upstreams/kit/clock.ts'
import type { GapToRepair, Link, Site, TrackedIntent } from '../electron/upstreams/upstream.ts'
import { until } from './until.ts'

/** A bare Fusion backend: what the tests tell it to say, over a real socket. */
export class BareFusion {
  readonly heard: { event: string; args: unknown[] }[] = []
  readonly asked: string[] = []
  readonly http: HttpServer
  readonly io: Server
  sockets: Socket[] = []
  /** Accepts and then says nothing. */
  isMute = false
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end('{}')

  constructor(options: { pingInterval?: number } = {}) {
    this.http = createServer((request, response) => {
      this.asked.push(request.url ?? '')
      this.answer(request, response)
    })
    this.io = new Server(this.http, options)
    this.io.on('connection', (socket) => {
      this.sockets.push(socket)
      socket.onAny((event: string, ...args: unknown[]) => {
        this.heard.push({ event, args })
        if (this.isMute) return
        if (event === 'subscribe:all') socket.emit('mempool:stats', { total: this.sockets.length })
        if (event === 'ping') socket.emit('pong', { timestamp: Date.now() })
      })
    })
  }

  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.http.listen(port, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`
  }

  /** Sends bytes as one WebSocket text frame, past all of Socket.IO's own encoding. */
  sendRaw(text: string): void {
    const socket = this.sockets.at(-1) as unknown as {
      conn: { transport: { socket: { send: (text: string) => void } } }
    }
    socket.conn.transport.socket.send(text)
  }

  async close(): Promise<void> {
    this.http.closeAllConnections()
    await this.io.close()
  }
}

/** The engine's side of a connection, remembering everything. */
export class Desk {
  readonly events: RawEvent[] = []
  readonly presences: Presence[] = []
  readonly lost: { atMs: number; reason: string }[] = []
  readonly resumed: { atMs: number; isRecovered: boolean }[] = []
  readonly repaired: { readCount: number; failedCount: number }[] = []
  readonly stop = new AbortController()
  open: TrackedIntent[] = []
  watched: string[] = []
  link: Link | null = null

  connect(url: string, settings: Partial<FusionSettings> = {}): Link {
    const connection = {
      id: connectionId('test'),
      system: 'fusion' as const,
      url,
      restUrl: null,
      settings: fusionSettings.parse(settings),
    }
    const site: Site<FusionSettings> = {
      connection,
      clock: systemClock,
      random: () => 0,
      credential: () => Promise.resolve(null),
      signal: this.stop.signal,
      emit: (event) => {
        this.events.push(event)
      },
      presence: (presence) => this.presences.push(presence),
      lost: (atMs, reason) => this.lost.push({ atMs, reason }),
      resumed: (atMs, isRecovered) => this.gap(atMs, isRecovered),
      openIntents: (after) => Promise.resolve(after === null ? this.open : []),
      watched: () => this.watched,
    }
    this.link = connect(site)
    return this.link
  }

  gap(untilMs: number, isRecovered: boolean): GapToRepair | null {
    this.resumed.push({ atMs: untilMs, isRecovered })
    const last = this.lost.at(-1)
    if (last === undefined || isRecovered) return null
    return { fromMs: last.atMs, untilMs, repaired: (outcome) => this.repaired.push(outcome) }
  }

  ofKind(kind: string): RawEvent[] {
    return this.events.filter((event) => event.kind === kind)
  }

  state(): string | undefined {
    return this.presences.at(-1)?.state
  }
}

/** Everything that one test opened, and the way to close it again. */
export class Bench {
  readonly #backends: BareFusion[] = []
  readonly #desks: Desk[] = []

  backend(): BareFusion {
    const backend = new BareFusion()
    this.#backends.push(backend)
    return backend
  }

  desk(): Desk {
    const desk = new Desk()
    this.#desks.push(desk)
    return desk
  }

  /** A backend and a connection that hears it. */
  async start(
    settings: Partial<FusionSettings> = {},
  ): Promise<{ backend: BareFusion; desk: Desk; url: string }> {
    const backend = this.backend()
    const desk = this.desk()
    const url = await backend.listen()
    desk.connect(url, settings)
    await until('the first counters', () => desk.ofKind('mempool:stats').length > 0)
    return { backend, desk, url }
  }

  async close(): Promise<void> {
    for (const desk of this.#desks.splice(0)) {
      desk.stop.abort()
      await desk.link?.closed
    }
    for (const backend of this.#backends.splice(0)) await backend.close()
  }
}
