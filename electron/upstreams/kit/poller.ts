import { Failure } from '../../../shared/api/failure.ts'
import { jitteredDelayMs } from './backoff.ts'
import type { Clock } from './clock.ts'

/** Shortest time between two planned readings of one id, milliseconds: an answer that asks for less is a mistake. */
const SHORTEST_WAIT_MS = 250

/** What is polled, and how. */
export interface PollerOptions {
  clock: Clock
  random: () => number
  /** Most readings under way at once. */
  atOnce: number
  /** Reads one id now and answers when it wants to be read next, epoch milliseconds; null when it is over. */
  read: (id: string, signal: AbortSignal) => Promise<number | null>
  /** A reading of a followed id failed; it is planned again for `nextAtMs`, epoch milliseconds. */
  onTrouble?: (id: string, error: unknown, nextAtMs: number) => void
}

interface Asker {
  resolve: () => void
  reject: (reason: unknown) => void
}

interface Polled {
  id: string
  /** Whether it is planned again after a reading. */
  isFollowed: boolean
  isReading: boolean
  /** Failed readings since the last good one. */
  failures: number
  /** Who waits for the reading under way, or for the one asked for. */
  askers: Asker[]
  /** Calls off the planned reading. */
  callOff: () => void
}

/**
 * Reads ids again and again, each when it wants to be read. Never two readings of one id at once; waits are lengths of
 * time, so that a clock that is set causes neither a burst nor a silence.
 */
export class Poller {
  readonly #options: PollerOptions
  readonly #polled = new Map<string, Polled>()
  /** Asked for by somebody who waits; read first. */
  readonly #asked = new Set<Polled>()
  /** Due by plan, the longest waiting first. */
  readonly #due = new Set<Polled>()
  readonly #running = new Set<Promise<void>>()
  readonly #ending = new AbortController()
  #isPaused = false
  #endPause = (): void => undefined

  constructor(options: PollerOptions) {
    this.#options = options
  }

  /** Follows an id, to be read first at `dueMs` (epoch milliseconds; now when absent). One already followed is planned anew. */
  add(id: string, dueMs: number = this.#options.clock.nowMs()): void {
    if (this.#ending.signal.aborted) return
    const polled = this.#named(id)
    polled.isFollowed = true
    if (!polled.isReading && !this.#asked.has(polled)) this.#plan(polled, dueMs - this.#options.clock.nowMs())
  }

  /** Follows an id no longer. A reading under way ends by itself. */
  remove(id: string): void {
    const polled = this.#polled.get(id)
    if (polled === undefined) return
    polled.isFollowed = false
    polled.callOff()
    this.#due.delete(polled)
    this.#letGo(polled)
  }

  /**
   * Reads an id before all that is planned, followed or not, and fails as its reading does. Joins a reading under way. A
   * pause does not hold it up: whether to ask all the same is for `read` to say.
   */
  readNow(id: string): Promise<void> {
    if (this.#ending.signal.aborted) return Promise.reject(givenUp())
    const polled = this.#named(id)
    const read = new Promise<void>((resolve, reject) => {
      polled.askers.push({ resolve, reject })
    })
    if (polled.isReading) return read
    polled.callOff()
    this.#due.delete(polled)
    this.#asked.add(polled)
    this.#work()
    return read
  }

  /** Planned readings wait until then, epoch milliseconds; the last word holds. */
  pauseUntil(atMs: number): void {
    const leftMs = atMs - this.#options.clock.nowMs()
    if (leftMs <= 0 || this.#ending.signal.aborted) return
    this.#endPause()
    this.#isPaused = true
    this.#endPause = this.#options.clock.after(leftMs, () => {
      this.#isPaused = false
      this.#work()
    })
  }

  /** The ids that are followed. */
  ids(): string[] {
    return [...this.#polled.values()].filter(({ isFollowed }) => isFollowed).map(({ id }) => id)
  }

  /** Ends everything; resolves when the readings under way have ended. Who still waits for one fails with `cancelled`. */
  async stop(): Promise<void> {
    this.#ending.abort()
    this.#endPause()
    for (const polled of this.#polled.values()) {
      polled.callOff()
      if (!polled.isReading) answer(polled, { error: givenUp() })
    }
    this.#polled.clear()
    this.#asked.clear()
    this.#due.clear()
    await Promise.all(this.#running)
  }

  #named(id: string): Polled {
    const known = this.#polled.get(id)
    if (known !== undefined) return known
    const callOff = (): void => undefined
    const polled = { id, isFollowed: false, isReading: false, failures: 0, askers: [], callOff }
    this.#polled.set(id, polled)
    return polled
  }

  #plan(polled: Polled, delayMs: number): void {
    const fallDue = (): void => {
      this.#due.add(polled)
      this.#work()
    }
    polled.callOff()
    this.#due.delete(polled)
    if (delayMs <= 0) fallDue()
    else polled.callOff = this.#options.clock.after(delayMs, fallDue)
  }

  #work(): void {
    while (this.#running.size < this.#options.atOnce && !this.#ending.signal.aborted) {
      const next = first(this.#asked) ?? (this.#isPaused ? undefined : first(this.#due))
      if (next === undefined) return
      this.#asked.delete(next)
      this.#due.delete(next)
      next.isReading = true
      const running = this.#read(next).finally(() => {
        this.#running.delete(running)
        this.#work()
      })
      this.#running.add(running)
    }
  }

  /** Never fails: what goes wrong is told to those who wait, and planned again. */
  async #read(polled: Polled): Promise<void> {
    const { clock, read } = this.#options
    try {
      const nextAtMs = await read(polled.id, this.#ending.signal)
      polled.failures = 0
      polled.isReading = false
      if (nextAtMs === null) polled.isFollowed = false
      else this.#planAgain(polled, Math.max(SHORTEST_WAIT_MS, nextAtMs - clock.nowMs()))
      answer(polled, 'read')
    } catch (error) {
      polled.failures += 1
      polled.isReading = false
      this.#planAfterTrouble(polled, error)
      answer(polled, { error })
    }
    this.#letGo(polled)
  }

  #planAgain(polled: Polled, delayMs: number): void {
    if (polled.isFollowed && !this.#ending.signal.aborted) this.#plan(polled, delayMs)
  }

  #planAfterTrouble(polled: Polled, error: unknown): void {
    if (!polled.isFollowed || this.#ending.signal.aborted) return
    const { clock, random, onTrouble } = this.#options
    const delayMs = jitteredDelayMs(polled.failures, random)
    this.#plan(polled, delayMs)
    onTrouble?.(polled.id, error, clock.nowMs() + delayMs)
  }

  #letGo(polled: Polled): void {
    const isWanted = polled.isFollowed || polled.isReading || polled.askers.length > 0
    if (!isWanted) this.#polled.delete(polled.id)
  }
}

function answer(polled: Polled, outcome: 'read' | { error: unknown }): void {
  for (const { resolve, reject } of polled.askers.splice(0)) {
    if (outcome === 'read') resolve()
    else reject(outcome.error)
  }
}

function first<T>(set: ReadonlySet<T>): T | undefined {
  const [found] = set
  return found
}

function givenUp(): Failure {
  return new Failure('cancelled', 'The reading was given up, because the connection ended.')
}
