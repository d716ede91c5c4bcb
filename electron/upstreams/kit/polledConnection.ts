import { Failure } from '../../../shared/api/failure.ts'
import type { Origin } from '../../../shared/intent/fact.ts'
import type { GapToRepair, Link, Site, TrackedIntent } from '../upstream.ts'
import { isAborted, untilAborted } from './aborted.ts'
import { jitteredDelayMs } from './backoff.ts'
import { trackBackground, type Background } from './background.ts'
import { beat, type Heartbeat } from './heartbeat.ts'
import { Keeper, type Trouble } from './keepConnected.ts'
import type { OfferedCredential } from './offeredCredential.ts'
import { Poller } from './poller.ts'
import { troubleOfReading } from './readingTrouble.ts'

/** Intents asked from the store at once. */
const PAGE = 200

/** Failures in a row that are no accident any more: one lost answer says nothing about the server. */
const DOUBT_AFTER = 2

/** What a polled connection is made of. Every function fails with `Failure` as kit/http.ts does. */
export interface PolledOptions {
  site: Site
  /** Where the readings go, for words about trouble. */
  url: string
  /** What to do where the server lets nobody in, one sentence. */
  credentialTip: string
  /** Looked at for a new one after a refusal; absent where none can be given. */
  credential?: OfferedCredential
  /** How often a sign of life is asked for, milliseconds. */
  pingIntervalMs: number
  /** How long nothing may be read until the connection counts as lost, milliseconds. */
  staleAfterMs: number
  /** Most readings at once. */
  atOnce: number
  /** Ids to follow by the settings. */
  watch: readonly string[]
  /** Begins: says hello, signs in. Answers what forbids to go on; null when nothing does. */
  open: (signal: AbortSignal) => Promise<Trouble | null>
  /** Asks the server for a sign of life. */
  ping: (signal: AbortSignal) => Promise<void>
  /** Reads one id; answers when it wants to be read next, epoch milliseconds, or null when it is over. */
  read: (id: string, origin: Origin, signal: AbortSignal) => Promise<number | null>
  /** The name under which an intent of the store can be read; null when it has none. */
  nameOf: (intent: TrackedIntent) => string | null
  /** Goes on beside the readings while the connection is open. */
  work?: (signal: AbortSignal) => Promise<void>
}

/** The time from one opening to the next loss. */
interface Session {
  poller: Poller
  heartbeat: Heartbeat
  ending: AbortController
}

/**
 * A connection to a server that is only ever asked: live while answers come, in doubt when readings fail in a row, lost
 * when nothing could be read for the stale time. After a loss every open intent is read again with origin `repair`.
 */
export class PolledConnection implements Link {
  readonly closed: Promise<void>
  readonly #options: PolledOptions
  readonly #background: Background
  readonly #keeper: Keeper
  readonly #followed: Set<string>
  readonly #gaps: GapToRepair[] = []
  /** Ids that the system did not know when they were read last: no more than somebody asked for. */
  readonly #unknown = new Set<string>()
  /** Ids whose next good reading repairs a gap. */
  readonly #toRepair = new Set<string>()
  #session: Session | null = null
  #attempt: AbortController | null = null
  #failedInRow = 0

  constructor(options: PolledOptions) {
    this.#options = options
    this.#followed = new Set(options.watch)
    this.#background = trackBackground((name, error) => {
      this.#broken(name, error)
    })
    this.#keeper = this.#createKeeper()
    this.closed = untilAborted(options.site.signal).then(() => this.#close())
  }

  /** Begins the first attempt. */
  start(): this {
    this.#keeper.start()
    return this
  }

  reconnectNow(): void {
    this.#keeper.reconnectNow()
  }

  async reread(id: string): Promise<boolean> {
    if (this.#session !== null) await this.#session.poller.readNow(id)
    else await this.#read(id, this.#options.site.signal)
    return !this.#unknown.has(id)
  }

  /** Whether the system knows an id, as it has just answered. */
  answered(id: string, isKnown: boolean): void {
    if (isKnown) this.#unknown.delete(id)
    else this.#unknown.add(id)
  }

  /** One that has just been read by another way need not be read at once: first at `dueMs`, epoch milliseconds. */
  watch(id: string, dueMs?: number): void {
    this.#followed.add(id)
    this.#session?.poller.add(id, dueMs)
  }

  unwatch(id: string): void {
    this.#followed.delete(id)
    this.#session?.poller.remove(id)
  }

  /** How many ids are read again and again now. */
  followedCount(): number {
    return this.#session?.poller.ids().length ?? 0
  }

  /** The server asked for a pause: planned readings wait until then, epoch milliseconds. */
  paused(untilMs: number): void {
    this.#session?.poller.pauseUntil(untilMs)
    this.#keeper.paused(untilMs)
  }

  /** What a person should look at although all goes well; empty texts take it back. */
  noted(notice: { reason: string; tip: string }): void {
    this.#keeper.noted(notice)
  }

  /** Runs beside everything else; when it fails the connection starts anew, visibly. */
  inBackground(name: string, work: Promise<unknown>): void {
    this.#background.run(name, work)
  }

  #createKeeper(): Keeper {
    const { site, staleAfterMs, credential } = this.#options
    const { clock, random, presence: tell, lost: onLost } = site
    const carrier = {
      open: () => {
        this.#background.run('Opening the connection', this.#open())
      },
      drop: () => {
        this.#attempt?.abort()
        this.#endSession()
      },
    }
    const offered = credential === undefined ? {} : { credential }
    return new Keeper({ clock, random, carrier, staleAfterMs, tell, onLost, ...offered })
  }

  async #open(): Promise<void> {
    const attempt = new AbortController()
    this.#attempt = attempt
    const signal = AbortSignal.any([this.#options.site.signal, attempt.signal])
    const trouble = await this.#options.open(signal).catch((error: unknown) => this.#troubleOf(error))
    if (signal.aborted) return
    if (trouble === null) this.#opened()
    else this.#keeper.down(trouble)
  }

  #opened(): void {
    const { site, atOnce, pingIntervalMs, work } = this.#options
    const { clock, random } = site
    this.#keeper.opened()
    this.#failedInRow = 0
    const gap = site.resumed(clock.nowMs(), false)
    if (gap !== null) this.#gaps.push(gap)
    const ending = new AbortController()
    const signal = AbortSignal.any([site.signal, ending.signal])
    const read = (id: string, reading: AbortSignal): Promise<number | null> => this.#read(id, reading)
    const poller = new Poller({ clock, random, atOnce, read })
    const heartbeat = beat(clock, pingIntervalMs, () => {
      this.#background.run('Asking for a sign of life', this.#ping(signal))
    })
    this.#session = { poller, heartbeat, ending }
    this.#background.run('Reading intents', this.#readAll(poller, signal))
    if (work !== undefined) this.#background.run('Reading the server', work(signal))
  }

  /** Reads what is watched, and after a gap everything that is open, a few at once; then tells each gap. */
  async #readAll(poller: Poller, signal: AbortSignal): Promise<void> {
    const gapCount = this.#gaps.length
    const watched = [...new Set([...this.#followed, ...this.#options.site.watched()])]
    for (const id of watched) if (gapCount > 0) this.#toRepair.add(id)
    for (const id of watched) poller.add(id)
    if (gapCount === 0) return
    let [readCount, failedCount] = [0, 0]
    for await (const names of this.#pagesOf(watched, signal)) {
      for (const name of names) this.#toRepair.add(name)
      const outcomes = await Promise.allSettled(names.map((name) => poller.readNow(name)))
      const readHere = outcomes.filter(({ status }) => status === 'fulfilled').length
      readCount += readHere
      failedCount += names.length - readHere
    }
    if (isAborted(signal)) return
    for (const gap of this.#gaps.splice(0, gapCount)) gap.repaired({ readCount, failedCount })
  }

  /** Names to read again, each once: the watched ones, then those of the open intents. */
  async *#pagesOf(watched: string[], signal: AbortSignal): AsyncGenerator<string[]> {
    const { site, nameOf } = this.#options
    const told = new Set(watched.map((id) => id.toLowerCase()))
    yield watched
    for (let after: string | null = null; !signal.aborted;) {
      const page: TrackedIntent[] = await site.openIntents(after, PAGE)
      const names = page.map(nameOf).filter((name) => name !== null && !told.has(name.toLowerCase()))
      yield names as string[]
      after = page.at(-1)?.id ?? null
      if (page.length < PAGE || after === null) return
    }
  }

  async #ping(signal: AbortSignal): Promise<void> {
    try {
      await this.#options.ping(signal)
      if (isAborted(signal)) return
      this.#keeper.ponged(this.#session?.heartbeat.answered() ?? null)
      this.#wentWell()
    } catch (error) {
      if (!isAborted(signal)) this.#troubled(error)
    }
  }

  async #read(id: string, signal: AbortSignal): Promise<number | null> {
    try {
      const origin = this.#toRepair.has(id) ? 'repair' : 'poll'
      const nextAtMs = await this.#options.read(id, origin, signal)
      this.#toRepair.delete(id)
      if (!signal.aborted) this.#wentWell()
      return nextAtMs
    } catch (error) {
      if (!signal.aborted) this.#troubled(error)
      throw error
    }
  }

  #wentWell(): void {
    this.#failedInRow = 0
    this.#keeper.heard()
  }

  /** A failed reading: what is wrong with one id says nothing of the server; a pause is told apart; the rest is doubt. */
  #troubled(error: unknown): void {
    if (this.#session === null || (error instanceof Failure && error.code !== 'upstream')) return
    const trouble = this.#troubleOf(error)
    if (trouble.state === 'needs-credentials') {
      this.#endSession()
      this.#keeper.down(trouble)
    }
    if (trouble.state === 'needs-credentials' || trouble.pauseMs !== undefined) return
    const { clock, random } = this.#options.site
    this.#failedInRow += 1
    this.#session.poller.pauseUntil(clock.nowMs() + jitteredDelayMs(this.#failedInRow, random))
    if (this.#failedInRow >= DOUBT_AFTER) this.#keeper.doubted(trouble.reason, trouble.tip)
  }

  #troubleOf(error: unknown): Trouble {
    return troubleOfReading(error, this.#options)
  }

  /** Work that broke would stay undone in silence: the connection starts anew, visibly and with its growing delays. */
  #broken(name: string, error: unknown): void {
    if (this.#options.site.signal.aborted) return
    const found = error instanceof Error ? error.message : String(error)
    this.#attempt?.abort()
    this.#endSession()
    const tip = 'This is a trouble of the console or its disk; it tries again by itself.'
    this.#keeper.down({ state: 'retrying', reason: `${name} failed: ${found}`, tip })
  }

  #endSession(): void {
    const session = this.#session
    this.#session = null
    session?.heartbeat.stop()
    session?.ending.abort()
    if (session !== null) this.#background.run('Ending the readings', session.poller.stop())
  }

  async #close(): Promise<void> {
    this.#keeper.stop()
    this.#attempt?.abort()
    this.#endSession()
    await this.#background.settled()
  }
}
