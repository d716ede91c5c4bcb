import { untilAborted } from '../kit/aborted.ts'
import { trackBackground, type Background } from '../kit/background.ts'
import { createEmit, damagedOf } from '../kit/emission.ts'
import { FrameSocket } from '../kit/frameSocket.ts'
import { Keeper } from '../kit/keepConnected.ts'
import { offeredCredential, type OfferedCredential } from '../kit/offeredCredential.ts'
import { isJsonObject } from '../kit/shape.ts'
import type { GapToRepair, Link, Site } from '../upstream.ts'
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
  readonly #followed: Set<string>
  readonly #gaps: GapToRepair[] = []
  readonly #background: Background
  readonly #reader: OrderReader
  readonly #watch: OrderWatch
  readonly #socket: FrameSocket
  readonly #keeper: Keeper
  #session: Session | null = null

  constructor(site: Site<FusionPlusSettings>) {
    this.#site = site
    this.#followed = new Set(site.connection.settings.watch)
    this.#background = trackBackground((name, error) => {
      this.#broken(name, error)
    })
    this.#reader = new OrderReader(site, this.#background, (untilMs) => {
      this.#keeper.paused(untilMs)
    })
    this.#watch = new OrderWatch(site.clock, this.#reader)
    const credential = offeredCredential(site.credential)
    this.#socket = this.#createSocket(credential)
    this.#keeper = this.#createKeeper(credential)
    this.closed = untilAborted(site.signal).then(() => this.#close())
    this.#keeper.start()
  }

  reconnectNow(): void {
    this.#keeper.reconnectNow()
  }

  async reread(id: string): Promise<void> {
    const { signal } = this.#site
    const body = await this.#reader.status(id, { origin: 'poll', isAlwaysKept: true }, signal)
    if (!paceOf(body).isFilling) return
    await this.#reader.readyFills(id, signal)
    await this.#reader.secrets(id, signal)
  }

  watch(id: string): void {
    this.#followed.add(id)
    this.#watch.heard(id)
  }

  unwatch(id: string): void {
    this.#followed.delete(id)
  }

  #createSocket(credential: OfferedCredential): FrameSocket {
    const { clock, connection } = this.#site
    const emit = createEmit(this.#site, this.#background, {
      pause: () => {
        this.#socket.pause()
      },
      resume: () => {
        this.#socket.resume()
      },
    })
    return new FrameSocket(
      { url: socketUrlOf(connection), clock, credential },
      {
        opened: () => {
          this.#opened()
        },
        down: (trouble) => {
          this.#endSession()
          this.#keeper.down(trouble)
        },
        frame: (text, value) => {
          const { event, method } = isJsonObject(value) ? value : {}
          if (typeof method === 'string' && this.#session?.isReply(value) === true)
            emit(replyOf(this.#site, method, text))
          else if (typeof event === 'string' && isJsonObject(value)) {
            emit(eventOf(this.#site, event, text))
            this.#session?.heard(value)
          } else
            emit(
              damagedOf(this.#site, text, {
                path: '$',
                reason: 'Neither an event nor the reply to a method.',
              }),
            )
        },
        damaged: (text, damage) => {
          emit(damagedOf(this.#site, text, damage))
        },
        traffic: () => {
          this.#keeper.heard()
        },
        ponged: () => this.#session?.ponged(),
      },
    )
  }

  #createKeeper(credential: OfferedCredential): Keeper {
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
    return new Keeper({ clock, random, carrier, staleAfterMs, credential, tell: presence, onLost: lost })
  }

  #opened(): void {
    this.#keeper.opened()
    this.#session = beginSession({
      site: this.#site,
      socket: this.#socket,
      reader: this.#reader,
      watch: this.#watch,
      background: this.#background,
      watched: [...new Set([...this.#followed, ...this.#site.watched()])],
      gaps: this.#gaps,
      ponged: (roundTripMs) => {
        this.#keeper.ponged(roundTripMs)
      },
    })
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
