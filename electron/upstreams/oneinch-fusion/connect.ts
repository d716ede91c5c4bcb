import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { CommandRequest, Sent } from '../command.ts'
import { createEmit, damagedOf } from '../kit/emission.ts'
import { FrameSocket } from '../kit/frameSocket.ts'
import { offeredCredential, type OfferedCredential } from '../kit/offeredCredential.ts'
import { sendWithBearer } from '../kit/sendWithBearer.ts'
import { SocketConnection } from '../kit/socketConnection.ts'
import type { Link, Site } from '../upstream.ts'
import { createDuePrompts } from './duePrompts.ts'
import { frameEvent } from './emission.ts'
import { feedOf, type Feed } from './feed.ts'
import type { OneinchFusionSettings } from './index.ts'
import { createLateEvents, type LateEvents } from './lateEvents.ts'
import { Reader } from './reader.ts'
import { beginSession, type Session } from './session.ts'

/** Watches one feed of 1inch Fusion until the site's signal fires. */
export function connect(site: Site<OneinchFusionSettings>): Link {
  return new OneinchFusionLink(site)
}

class OneinchFusionLink implements Link {
  readonly closed: Promise<void>
  readonly #site: Site<OneinchFusionSettings>
  readonly #feed: Feed
  readonly #connection: SocketConnection<Session>
  readonly #due = createDuePrompts()
  readonly #reader: Reader
  readonly #socket: FrameSocket
  readonly #emit: (event: RawEvent) => void
  readonly #late: LateEvents

  constructor(site: Site<OneinchFusionSettings>) {
    this.#site = site
    this.#feed = feedOf(site.connection)
    const credential = offeredCredential(site.credential)
    this.#connection = new SocketConnection<Session>({ site, credential, socket: () => this.#socket })
    const { background, closed } = this.#connection
    this.#reader = new Reader(site, this.#feed, {
      background,
      paused: (untilMs) => {
        this.#connection.paused(untilMs)
      },
    })
    this.#socket = this.#createSocket(credential)
    this.#emit = createEmit(site, background, this.#socket)
    this.#late = createLateEvents(this.#emit)
    this.closed = closed
    this.#connection.start()
  }

  reconnectNow(): void {
    this.#connection.reconnectNow()
  }

  async reread(id: string): Promise<boolean> {
    return (await this.#reader.one(id, 'poll', this.#site.signal)).has(id.toLowerCase())
  }

  send(request: CommandRequest, signal: AbortSignal): Promise<Sent> {
    return sendWithBearer(this.#site, request, signal)
  }

  watch(id: string): void {
    this.#connection.followed.add(id)
    if (this.#feed.ordersPath !== null) this.#due.prompt(id, this.#site.clock.nowMs())
  }

  unwatch(id: string): void {
    this.#connection.followed.delete(id)
  }

  #createSocket(credential: OfferedCredential): FrameSocket {
    const { clock } = this.#site
    return new FrameSocket(
      { url: this.#feed.socketUrl, clock, credential },
      {
        opened: () => {
          this.#connection.opened(() => this.#beginSession())
        },
        down: (trouble) => {
          this.#connection.down(trouble)
        },
        frame: (text, value) => {
          this.#connection.session?.heard(text, value)
        },
        damaged: (text, damage) => {
          this.#emit(damagedOf(this.#site, text, damage))
        },
        traffic: () => {
          this.#connection.heard()
        },
        ponged: () => {
          this.#connection.ponged(this.#connection.session?.ponged() ?? null)
        },
      },
    )
  }

  /** The feed needs no subscription: from the moment that it is open nothing is missed. */
  #beginSession(): Session {
    const { background, gaps } = this.#connection
    const gap = this.#site.resumed(this.#site.clock.nowMs(), false)
    if (gap !== null) gaps.push(gap)
    return beginSession({
      site: this.#site,
      feed: this.#feed,
      socket: this.#socket,
      reader: this.#reader,
      due: this.#due,
      background,
      watched: this.#connection.watched(),
      gaps,
      late: this.#late,
      eventOf: (text, value, origin) =>
        frameEvent(this.#site, { feed: this.#feed.name, text, value, origin }),
      emit: this.#emit,
    })
  }
}
