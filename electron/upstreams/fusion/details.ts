import { Failure } from '../../../shared/api/failure.ts'
import { isTerminalPhase } from '../../../shared/intent/phase.ts'
import { isAborted } from '../kit/aborted.ts'
import type { Clock } from '../kit/clock.ts'
import type { Reader } from './reader.ts'
import { fusionVocabulary } from './vocabulary.ts'

/** Most readings that wait at once: a flood of new intents must not grow a list for ever; the sweep reads the rest. */
const LONGEST_QUEUE = 10_000

/** Readings remembered as done, so that each is made once; forgotten all at once beyond this. */
const MOST_REMEMBERED = 100_000

/** Pause between two readings, milliseconds: five a second keep up with any backend that one coordinator serves. */
const STEP_MS = 200

/** Pause after a reading that failed, milliseconds: an API that is down or not there is asked twelve times a minute. */
const FAILED_PAUSE_MS = 5_000

/** The statuses in which funds are or are about to be locked, so that the locks' own timelocks exist. */
const LOCKING = new Set(['waiting_for_source_lock', 'executing'])

/** The statuses before a solver is matched, when there is nothing to lock for. */
const LOCKLESS = new Set(['proofs_pending', 'proofs_verified'])

/** The statuses that end an intent. */
const OVER = new Set(
  fusionVocabulary.words.filter(({ phase }) => isTerminalPhase(phase)).map(({ status }) => status),
)

type Reading = (signal: AbortSignal) => Promise<unknown>

/**
 * Reads over REST what events do not say: maker, tokens and deadline once, timelocks when the locks begin. What waits
 * survives a drop of the link.
 */
export class DetailReadings {
  readonly #clock: Clock
  readonly #reader: Reader
  readonly #waiting = new Map<string, Reading>()
  readonly #planned = new Set<string>()
  readonly #over = new Set<string>()
  #wake = (): void => undefined

  constructor(clock: Clock, reader: Reader) {
    this.#clock = clock
    this.#reader = reader
  }

  /** An intent was heard of over the socket. */
  heard(id: string, status: string): void {
    this.#note(id, status)
    this.#plan(`intent ${id}`, (signal) => this.#reader.intent(id, 'poll', signal))
    this.#planLocks(id, status)
  }

  /** An intent was read; only its locks may be missing. */
  read(id: string, status: string): void {
    this.#note(id, status)
    this.#planned.add(`intent ${id}`)
    this.#planLocks(id, status)
  }

  /**
   * An intent was read for somebody who waits for its locks too: their timelocks are read before this resolves. Fails with
   * `Failure`; that the backend has none to give is no failure.
   */
  async readLocks(id: string, status: string, signal: AbortSignal): Promise<void> {
    this.#note(id, status)
    this.#planned.add(`intent ${id}`)
    if (LOCKLESS.has(status)) return
    try {
      await this.#reader.htlcParams(id, signal)
      this.#planned.add(locksOf(id, status))
    } catch (reason) {
      if (!isRefusal(reason)) throw reason
    }
  }

  /** Reads an intent although it may have been read before. */
  again(id: string): void {
    this.#planned.delete(`intent ${id}`)
    this.#plan(`intent ${id}`, async (signal) => {
      const { isFound, status } = await this.#reader.intent(id, 'poll', signal)
      if (isFound) this.read(id, status)
    })
  }

  /** The backend tracks an intent no longer, which says nothing of its outcome: it is read once more, unless it is over. */
  removed(id: string): void {
    if (!this.#over.delete(id)) this.again(id)
  }

  /** Works until the signal fires. */
  async work(signal: AbortSignal): Promise<void> {
    const wake = (): void => {
      this.#wake()
    }
    signal.addEventListener('abort', wake)
    while (!signal.aborted) {
      const [first] = this.#waiting
      if (first !== undefined) await this.#readOne(first[0], first[1], signal)
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    signal.removeEventListener('abort', wake)
  }

  #note(id: string, status: string): void {
    if (status === '') return
    if (!OVER.has(status)) this.#over.delete(id)
    else {
      if (this.#over.size >= MOST_REMEMBERED) this.#over.clear()
      this.#over.add(id)
    }
  }

  #planLocks(id: string, status: string): void {
    if (LOCKING.has(status)) this.#plan(locksOf(id, status), (signal) => this.#reader.htlcParams(id, signal))
  }

  #plan(name: string, reading: Reading): void {
    if (this.#waiting.size >= LONGEST_QUEUE || this.#planned.has(name)) return
    if (this.#planned.size >= MOST_REMEMBERED) this.#planned.clear()
    this.#planned.add(name)
    this.#waiting.set(name, reading)
    this.#wake()
  }

  async #readOne(name: string, reading: Reading, signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(Math.max(STEP_MS, this.#reader.pausedUntilMs() - this.#clock.nowMs()), signal)
    if (signal.aborted) return
    try {
      await reading(signal)
      this.#waiting.delete(name)
    } catch {
      const isPaused = this.#reader.pausedUntilMs() > this.#clock.nowMs()
      // What was interrupted or told to wait stays planned. The rest is planned again when the intent is next heard of.
      if (isPaused || isAborted(signal)) return
      this.#waiting.delete(name)
      this.#planned.delete(name)
      await this.#clock.sleep(FAILED_PAUSE_MS, signal)
    }
  }
}

/** The name of one reading of an intent's locks: they are read once for each status in which they change. */
function locksOf(id: string, status: string): string {
  return `${status} ${id}`
}

/** Whether the backend answered, and gave nothing. */
function isRefusal(reason: unknown): boolean {
  if (!(reason instanceof Failure)) return false
  const httpStatus = Number(reason.facts['httpStatus'] ?? 0)
  return httpStatus >= 400 && httpStatus < 500
}
