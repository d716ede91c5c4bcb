import { untilAborted } from '../kit/aborted.ts'
import { trackBackground, type Background } from '../kit/background.ts'
import { createEmit, damagedOf } from '../kit/emission.ts'
import { Keeper } from '../kit/keepConnected.ts'
import type { GapToRepair, Link, Site } from '../upstream.ts'
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
  readonly #followed: Set<string>
  readonly #gaps: GapToRepair[] = []
  readonly #background: Background
  readonly #reader: Reader
  readonly #details: DetailReadings
  readonly #socket: FusionSocket
  readonly #keeper: Keeper
  #session: Session | null = null

  constructor(site: Site<FusionSettings>) {
    this.#site = site
    this.#followed = new Set(site.connection.settings.watch)
    this.#background = trackBackground((name, error) => {
      this.#broken(name, error)
    })
    this.#reader = new Reader(site, this.#background, (untilMs) => {
      this.#keeper.paused(untilMs)
    })
    this.#details = new DetailReadings(site.clock, this.#reader)
    this.#socket = this.#createSocket()
    this.#keeper = this.#createKeeper()
    this.closed = untilAborted(site.signal).then(() => this.#close())
    this.#keeper.start()
  }

  reconnectNow(): void {
    this.#keeper.reconnectNow()
  }

  async reread(id: string): Promise<void> {
    const { isFound, status } = await this.#reader.intent(id, 'poll', this.#site.signal)
    if (isFound) this.#details.read(id, status)
  }

  watch(id: string): void {
    this.#followed.add(id)
    this.#socket.say('subscribe:intent', id)
    this.#details.again(id)
  }

  unwatch(id: string): void {
    this.#followed.delete(id)
    this.#socket.say('unsubscribe:intent', id)
  }

  #createSocket(): FusionSocket {
    const emit = createEmit(this.#site, this.#background, {
      pause: () => {
        this.#socket.pause()
      },
      resume: () => {
        this.#socket.resume()
      },
    })
    return new FusionSocket(this.#site, {
      opened: (isRecovered) => {
        this.#opened(isRecovered)
      },
      down: (trouble) => {
        this.#endSession()
        this.#keeper.down(trouble)
      },
      event: (name, heard) => {
        emit(eventOf(this.#site, name, heard))
        this.#session?.heard(name, heard)
      },
      damaged: (text, damage) => {
        emit(damagedOf(this.#site, text, damage))
      },
      traffic: () => {
        this.#keeper.heard()
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
    return new Keeper({ clock, random, carrier, staleAfterMs, tell: presence, onLost: lost })
  }

  #opened(isRecovered: boolean): void {
    this.#keeper.opened()
    const parts = {
      site: this.#site,
      socket: this.#socket,
      reader: this.#reader,
      details: this.#details,
      background: this.#background,
      watched: [...new Set([...this.#followed, ...this.#site.watched()])],
      gaps: this.#gaps,
      ponged: (roundTripMs: number | null) => {
        this.#keeper.ponged(roundTripMs)
      },
    }
    this.#session = beginSession(parts, isRecovered)
  }

  /** Work that broke would stay undone in silence: the connection starts anew, visibly and with its growing delays. */
  #broken(name: string, error: unknown): void {
    if (this.#site.signal.aborted) return
    const found = error instanceof Error ? error.message : String(error)
    this.#endSession()
    this.#socket.drop()
    const tip = 'This is a trouble of the console or its disk; it tries again by itself.'
    this.#keeper.down({ state: 'retrying', reason: `${name} failed: ${found}`, tip })
  }

  #endSession(): void {
    this.#session?.end()
    this.#session = null
  }

  async #close(): Promise<void> {
    this.#keeper.stop()
    this.#endSession()
    this.#socket.drop()
    await Promise.all([this.#background.settled(), this.#socket.closed()])
  }
}
