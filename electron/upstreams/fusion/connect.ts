import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { CommandRequest, Sent } from '../command.ts'
import { createEmit, damagedOf } from '../kit/emission.ts'
import { sendOnce } from '../kit/sendOnce.ts'
import { SocketConnection } from '../kit/socketConnection.ts'
import type { Link, Site } from '../upstream.ts'
import { DetailReadings } from './details.ts'
import { eventOf } from './emission.ts'
import type { FusionSettings } from './index.ts'
import { Reader } from './reader.ts'
import { beginSession, type Session } from './session.ts'
import { FusionSocket } from './socket.ts'

/** Watches one Fusion backend until the site's signal fires. */
export function connect(site: Site<FusionSettings>): Link {
  return new FusionLink(site)
}

class FusionLink implements Link {
  readonly closed: Promise<void>
  readonly #site: Site<FusionSettings>
  readonly #connection: SocketConnection<Session>
  readonly #reader: Reader
  readonly #details: DetailReadings
  readonly #socket: FusionSocket
  readonly #emit: (event: RawEvent) => void

  constructor(site: Site<FusionSettings>) {
    this.#site = site
    this.#connection = new SocketConnection<Session>({ site, socket: () => this.#socket })
    const { background, closed } = this.#connection
    this.#reader = new Reader(site, background, (untilMs) => {
      this.#connection.paused(untilMs)
    })
    this.#details = new DetailReadings(site.clock, this.#reader)
    this.#socket = this.#createSocket()
    this.#emit = createEmit(site, background, this.#socket)
    this.closed = closed
    this.#connection.start()
  }

  reconnectNow(): void {
    this.#connection.reconnectNow()
  }

  async reread(id: string): Promise<boolean> {
    const { signal } = this.#site
    const { isFound, status } = await this.#reader.intent(id, 'poll', signal)
    if (isFound) await this.#details.readLocks(id, status, signal)
    return isFound
  }

  send(request: CommandRequest, signal: AbortSignal): Promise<Sent> {
    const { clock, signal: ending } = this.#site
    return sendOnce(request, { clock, headers: {}, signal: AbortSignal.any([signal, ending]) })
  }

  watch(id: string): void {
    this.#connection.followed.add(id)
    this.#socket.say('subscribe:intent', id)
    this.#details.again(id)
  }

  unwatch(id: string): void {
    this.#connection.followed.delete(id)
    this.#socket.say('unsubscribe:intent', id)
  }

  #createSocket(): FusionSocket {
    return new FusionSocket(this.#site, {
      opened: (isRecovered) => {
        this.#connection.opened(() => this.#beginSession(isRecovered))
      },
      down: (trouble) => {
        this.#connection.down(trouble)
      },
      event: (name, heard) => {
        this.#emit(eventOf(this.#site, name, heard))
        this.#connection.session?.heard(name, heard)
      },
      damaged: (text, damage) => {
        this.#emit(damagedOf(this.#site, text, damage))
      },
      traffic: () => {
        this.#connection.heard()
      },
    })
  }

  #beginSession(isRecovered: boolean): Session {
    const { background, gaps } = this.#connection
    const parts = {
      site: this.#site,
      socket: this.#socket,
      reader: this.#reader,
      details: this.#details,
      background,
      watched: this.#connection.watched(),
      gaps,
      ponged: (roundTripMs: number | null) => {
        this.#connection.ponged(roundTripMs)
      },
    }
    return beginSession(parts, isRecovered)
  }
}
