import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { untilAborted } from '../kit/aborted.ts'
import { trackBackground, type Background } from '../kit/background.ts'
import { createEmit, damagedOf } from '../kit/emission.ts'
import { FrameSocket } from '../kit/frameSocket.ts'
import { Keeper } from '../kit/keepConnected.ts'
import { offeredCredential, type OfferedCredential } from '../kit/offeredCredential.ts'
import { retrying } from '../kit/trouble.ts'
import type { GapToRepair, Link, Site } from '../upstream.ts'
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
  readonly #followed: Set<string>
  readonly #gaps: GapToRepair[] = []
  readonly #due = createDuePrompts()
  readonly #background: Background
  readonly #reader: Reader
  readonly #credential: OfferedCredential
  readonly #emit: (event: RawEvent) => void
  readonly #late: LateEvents
  readonly #socket: FrameSocket
  readonly #keeper: Keeper
  #session: Session | null = null

  constructor(site: Site<OneinchFusionSettings>) {
    this.#site = site
    this.#feed = feedOf(site.connection)
    this.#followed = new Set(site.connection.settings.watch)
    this.#credential = offeredCredential(site.credential)
    this.#background = trackBackground((name, error) => {
      this.#broken(name, error)
    })
    this.#reader = new Reader(site, this.#feed, {
      background: this.#background,
      paused: (untilMs) => {
        this.#keeper.paused(untilMs)
      },
    })
    this.#socket = this.#createSocket()
    this.#emit = createEmit(site, this.#background, this.#socket)
    this.#late = createLateEvents(this.#emit)
    this.#keeper = this.#createKeeper()
    this.closed = untilAborted(site.signal).then(() => this.#close())
    this.#keeper.start()
  }

  reconnectNow(): void {
    this.#keeper.reconnectNow()
  }

  async reread(id: string): Promise<void> {
    await this.#reader.one(id, 'poll', this.#site.signal)
  }

  watch(id: string): void {
    this.#followed.add(id)
    if (this.#feed.ordersPath !== null) this.#due.prompt(id, this.#site.clock.nowMs())
  }

  unwatch(id: string): void {
    this.#followed.delete(id)
  }

  #createSocket(): FrameSocket {
    const { socketUrl } = this.#feed
    const options = { url: socketUrl, clock: this.#site.clock, credential: this.#credential }
    return new FrameSocket(options, {
      opened: () => {
        this.#opened()
      },
      down: (trouble) => {
        this.#endSession()
        this.#keeper.down(trouble)
      },
      frame: (text, value) => {
        this.#session?.heard(text, value)
      },
      damaged: (text, damage) => {
        this.#emit(damagedOf(this.#site, text, damage))
      },
      traffic: () => {
        this.#keeper.heard()
      },
      ponged: () => {
        this.#keeper.ponged(this.#session?.ponged() ?? null)
      },
    })
  }

  #createKeeper(): Keeper {
    const { clock, random, connection, presence, lost } = this.#site
    const { staleAfterMs } = connection.settings
    const carrier = {
      open: () => {
        this.#socket.open()
      },
      drop: () => {
        this.#endSession()
        this.#socket.drop()
      },
    }
    const credential = this.#credential
    return new Keeper({ clock, random, carrier, staleAfterMs, tell: presence, credential, onLost: lost })
  }

  /** The feed needs no subscription: from the moment that it is open nothing is missed. */
  #opened(): void {
    this.#keeper.opened()
    const gap = this.#site.resumed(this.#site.clock.nowMs(), false)
    if (gap !== null) this.#gaps.push(gap)
    this.#session = beginSession({
      site: this.#site,
      feed: this.#feed,
      socket: this.#socket,
      reader: this.#reader,
      due: this.#due,
      background: this.#background,
      watched: [...new Set([...this.#followed, ...this.#site.watched()])],
      gaps: this.#gaps,
      late: this.#late,
      eventOf: (text, value, origin) =>
        frameEvent(this.#site, { feed: this.#feed.name, text, value, origin }),
      emit: this.#emit,
    })
  }

  /** Work that broke would stay undone in silence: the connection starts anew, visibly and with its growing delays. */
  #broken(name: string, error: unknown): void {
    if (this.#site.signal.aborted) return
    const found = error instanceof Error ? error.message : String(error)
    this.#endSession()
    this.#socket.drop()
    const tip = 'This is a trouble of the console or its disk; it tries again by itself.'
    this.#keeper.down(retrying(`${name} failed: ${found}`, tip))
  }

  #endSession(): void {
    const session = this.#session
    this.#session = null
    session?.end()
  }

  async #close(): Promise<void> {
    this.#keeper.stop()
    this.#endSession()
    this.#socket.drop()
    await Promise.all([this.#background.settled(), this.#socket.closed()])
  }
}
