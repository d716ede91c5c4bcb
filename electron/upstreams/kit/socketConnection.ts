import type { GapToRepair, Site } from '../upstream.ts'
import { untilAborted } from './aborted.ts'
import { trackBackground, type Background } from './background.ts'
import { Keeper, type Trouble } from './keepConnected.ts'
import type { OfferedCredential } from './offeredCredential.ts'
import { retrying } from './trouble.ts'

/** What is kept connected. */
interface Socket {
  open: () => void
  /** Lets go of whatever is open or opening, at once and without a word. */
  drop: () => void
  /** Resolves when nothing of it is left. */
  closed: () => Promise<void>
}

/** What a connection over a socket is made of. */
export interface SocketConnectionOptions {
  site: Site<{ staleAfterMs: number; watch: readonly string[] }>
  /** Looked at for a new one after a refusal; absent where none can be given. */
  credential?: OfferedCredential
  /** Asked for from `start` on: the socket tells this connection what happens to it. */
  socket: () => Socket
}

/**
 * A socket that is kept up until the site's signal fires, and the session that lives from one opening of it to the next
 * loss: the part of a link that is the same whatever is said over the socket.
 */
export class SocketConnection<Session extends { end: () => void }> {
  readonly closed: Promise<void>
  readonly background: Background
  /** Ids followed by the settings and by hand. */
  readonly followed: Set<string>
  /** Gaps that no repair has covered yet; emptied by the repair that does. */
  readonly gaps: GapToRepair[] = []
  readonly #options: SocketConnectionOptions
  readonly #keeper: Keeper
  #session: Session | null = null

  constructor(options: SocketConnectionOptions) {
    const { site } = options
    this.#options = options
    this.followed = new Set(site.connection.settings.watch)
    this.background = trackBackground((name, error) => {
      this.#broken(name, error)
    })
    this.#keeper = this.#createKeeper()
    this.closed = untilAborted(site.signal).then(() => this.#close())
  }

  /** The present session; null while the socket is not open. */
  get session(): Session | null {
    return this.#session
  }

  /** Begins the first attempt. */
  start(): void {
    this.#keeper.start()
  }

  reconnectNow(): void {
    this.#keeper.reconnectNow()
  }

  /** Every id to follow, those of the watch list among them. */
  watched(): string[] {
    return [...new Set([...this.followed, ...this.#options.site.watched()])]
  }

  /** The socket is open. */
  opened(begin: () => Session): void {
    this.#keeper.opened()
    this.#session = begin()
  }

  /** The socket could not be opened, or is open no more. */
  down(trouble: Trouble): void {
    this.#endSession()
    this.#keeper.down(trouble)
  }

  /** Something was received. */
  heard(): void {
    this.#keeper.heard()
  }

  /** A ping was answered; the round trip in milliseconds, or null when it is not known. */
  ponged(roundTripMs: number | null): void {
    this.#keeper.ponged(roundTripMs)
  }

  /** The server asked for a pause; until when, epoch milliseconds. */
  paused(untilMs: number): void {
    this.#keeper.paused(untilMs)
  }

  #createKeeper(): Keeper {
    const { site, credential, socket } = this.#options
    const { clock, random, connection, presence, lost } = site
    const { staleAfterMs } = connection.settings
    const carrier = {
      open: () => {
        socket().open()
      },
      drop: () => {
        this.#drop()
      },
    }
    const offered = credential === undefined ? {} : { credential }
    return new Keeper({ clock, random, carrier, staleAfterMs, tell: presence, onLost: lost, ...offered })
  }

  /** Work that broke would stay undone in silence: the connection starts anew, visibly and with its growing delays. */
  #broken(name: string, error: unknown): void {
    if (this.#options.site.signal.aborted) return
    const found = error instanceof Error ? error.message : String(error)
    this.#drop()
    const tip = 'This is a trouble of the console or its disk; it tries again by itself.'
    this.#keeper.down(retrying(`${name} failed: ${found}`, tip))
  }

  #endSession(): void {
    const session = this.#session
    this.#session = null
    session?.end()
  }

  #drop(): void {
    this.#endSession()
    this.#options.socket().drop()
  }

  async #close(): Promise<void> {
    this.#keeper.stop()
    this.#drop()
    await Promise.all([this.background.settled(), this.#options.socket().closed()])
  }
}
