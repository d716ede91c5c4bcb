import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { CommandRequest, Sent } from '../command.ts'
import { createEmit, damagedOf } from '../kit/emission.ts'
import { FrameSocket } from '../kit/frameSocket.ts'
import { offeredCredential, type OfferedCredential } from '../kit/offeredCredential.ts'
import { isJsonObject } from '../kit/shape.ts'
import { sendWithBearer } from '../kit/sendWithBearer.ts'
import { SocketConnection } from '../kit/socketConnection.ts'
import type { Link, Site } from '../upstream.ts'
import { socketUrlOf } from './address.ts'
import { eventOf, replyOf } from './emission.ts'
import type { FusionPlusSettings } from './index.ts'
import { OrderReader } from './orderReader.ts'
import { OrderWatch, paceOf } from './orderWatch.ts'
import { beginSession, type Session } from './session.ts'

/** Watches the Fusion+ feed until the site's signal fires. */
export function connect(site: Site<FusionPlusSettings>): Link {
  return new FusionPlusLink(site)
}

class FusionPlusLink implements Link {
  readonly closed: Promise<void>
  readonly #site: Site<FusionPlusSettings>
  readonly #connection: SocketConnection<Session>
  readonly #reader: OrderReader
  readonly #watch: OrderWatch
  readonly #socket: FrameSocket
  readonly #emit: (event: RawEvent) => void

  constructor(site: Site<FusionPlusSettings>) {
    this.#site = site
    const credential = offeredCredential(site.credential)
    this.#connection = new SocketConnection<Session>({ site, credential, socket: () => this.#socket })
    const { background, closed } = this.#connection
    this.#reader = new OrderReader(site, background, (untilMs) => {
      this.#connection.paused(untilMs)
    })
    this.#watch = new OrderWatch(site.clock, this.#reader)
    this.#socket = this.#createSocket(credential)
    this.#emit = createEmit(site, background, this.#socket)
    this.closed = closed
    this.#connection.start()
  }

  reconnectNow(): void {
    this.#connection.reconnectNow()
  }

  async reread(id: string): Promise<boolean> {
    const { signal } = this.#site
    const body = await this.#reader.status(id, { origin: 'poll', isAlwaysKept: true }, signal)
    if (paceOf(body).isFilling) {
      await this.#reader.readyFills(id, signal)
      await this.#reader.secrets(id, signal)
    }
    return body !== null
  }

  send(request: CommandRequest, signal: AbortSignal): Promise<Sent> {
    return sendWithBearer(this.#site, request, signal)
  }

  watch(id: string): void {
    this.#connection.followed.add(id)
    this.#watch.heard(id)
  }

  unwatch(id: string): void {
    this.#connection.followed.delete(id)
  }

  #createSocket(credential: OfferedCredential): FrameSocket {
    const { clock, connection } = this.#site
    return new FrameSocket(
      { url: socketUrlOf(connection), clock, credential },
      {
        opened: () => {
          this.#connection.opened(() => this.#beginSession())
        },
        down: (trouble) => {
          this.#connection.down(trouble)
        },
        frame: (text, value) => {
          this.#heard(text, value)
        },
        damaged: (text, damage) => {
          this.#emit(damagedOf(this.#site, text, damage))
        },
        traffic: () => {
          this.#connection.heard()
        },
        ponged: () => this.#connection.session?.ponged(),
      },
    )
  }

  #heard(text: string, value: unknown): void {
    const { session } = this.#connection
    const { event, method } = isJsonObject(value) ? value : {}
    if (typeof method === 'string' && session?.isReply(value) === true)
      this.#emit(replyOf(this.#site, method, text))
    else if (typeof event === 'string' && isJsonObject(value)) {
      this.#emit(eventOf(this.#site, event, text))
      session?.heard(value)
    } else {
      const reason = 'Neither an event nor the reply to a method.'
      this.#emit(damagedOf(this.#site, text, { path: '$', reason }))
    }
  }

  #beginSession(): Session {
    const { background, gaps } = this.#connection
    return beginSession({
      site: this.#site,
      socket: this.#socket,
      reader: this.#reader,
      watch: this.#watch,
      background,
      watched: this.#connection.watched(),
      gaps,
      ponged: (roundTripMs) => {
        this.#connection.ponged(roundTripMs)
      },
    })
  }
}
