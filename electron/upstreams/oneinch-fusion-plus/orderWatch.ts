import { isTerminalPhase } from '../../../shared/intent/phase.ts'
import { wordOf } from '../../../shared/intent/vocabulary.ts'
import type { Origin } from '../../../shared/intent/fact.ts'
import { isAborted } from '../kit/aborted.ts'
import type { Clock } from '../kit/clock.ts'
import { isJsonObject } from '../kit/shape.ts'
import type { OrderReader } from './orderReader.ts'
import { fusionPlusVocabulary } from './vocabulary.ts'

/** Orders asked for at once; the API's limit is not documented, and a hundred hashes are 7 KB. */
const BATCH = 100

/** Shortest time between two questions, milliseconds: keys are throttled to a few requests a second. */
const STEP_MS = 250

/** How often an order without a fill is read, milliseconds: that it expired, nothing else tells. */
const OPEN_EVERY_MS = 30_000

/** How often an order with escrows under way is read, milliseconds: nothing else tells what becomes of them. */
const FILLING_EVERY_MS = 5_000

/** How often an order is read that is over while an escrow of it still stands, milliseconds. */
const OUTSTANDING_EVERY_MS = 60_000

/** How often is asked which secrets of such an order are public, milliseconds: mostly a push has said so before. */
const SECRETS_EVERY_MS = 15_000

/** Pause after a question that failed, milliseconds: an API that is down or not there is asked twelve times a minute. */
const FAILED_PAUSE_MS = 5_000

/** Most orders followed at once; the next ones are left to the listing after the next connect. */
const MOST_FOLLOWED = 100_000

/** Reads the followed orders again and again, each at its own pace, many at once, until it is over. */
export class OrderWatch {
  readonly #clock: Clock
  readonly #reader: OrderReader
  /** Hash in lower case to the hash as it was told and when it is due, epoch milliseconds. */
  readonly #followed = new Map<string, { hash: string; dueMs: number }>()
  /** Orders ever followed, in lower case; forgotten all at once when there are too many. */
  readonly #known = new Set<string>()
  /** Orders both of whose escrows stand, by hash, with the time at which their secrets are to be asked about. */
  readonly #locked = new Map<string, number>()
  #canAskMany = true
  #wake = (): void => undefined

  constructor(clock: Clock, reader: OrderReader) {
    this.#clock = clock
    this.#reader = reader
  }

  /** Reads an order now, and follows it from then on. */
  heard(hash: string): void {
    this.#plan(hash, this.#clock.nowMs())
    this.#wake()
  }

  /** An order that a list names is read once, unless it has been followed before. */
  listed(hash: string): void {
    if (!this.#known.has(hash.toLowerCase())) this.heard(hash)
  }

  /** Reads all of these now, whatever their pace. False for each that could not be read. */
  async readAll(hashes: readonly string[], origin: Origin, signal: AbortSignal): Promise<boolean[]> {
    const outcomes: boolean[] = []
    for (let at = 0; at < hashes.length && !signal.aborted; at += BATCH) {
      if (at > 0) await this.#clock.sleep(STEP_MS, signal)
      const batch = hashes.slice(at, at + BATCH)
      outcomes.push(...(await this.#readPatiently(batch, origin, signal)))
    }
    return outcomes
  }

  /** Works until the signal fires. */
  async work(signal: AbortSignal): Promise<void> {
    while (!isAborted(signal)) {
      const due = this.#due()
      if (due.length === 0) await this.#rest(signal)
      else if (!(await this.#read(due, 'poll', signal)).every(Boolean))
        await this.#clock.sleep(FAILED_PAUSE_MS, signal)
      await this.#readSecrets(signal)
      await this.#clock.sleep(Math.max(STEP_MS, this.#reader.pausedUntilMs() - this.#clock.nowMs()), signal)
    }
  }

  /** A pause that the server asks for is waited out; anything else that fails has failed. */
  async #readPatiently(batch: readonly string[], origin: Origin, signal: AbortSignal): Promise<boolean[]> {
    for (;;) {
      const pauseMs = this.#reader.pausedUntilMs() - this.#clock.nowMs()
      if (pauseMs > 0) await this.#clock.sleep(pauseMs, signal)
      if (isAborted(signal)) return batch.map(() => false)
      const outcomes = await this.#read(batch, origin, signal)
      if (outcomes.every(Boolean) || this.#reader.pausedUntilMs() <= this.#clock.nowMs()) return outcomes
    }
  }

  async #read(batch: readonly string[], origin: Origin, signal: AbortSignal): Promise<boolean[]> {
    const many = await this.#readMany(batch, origin, signal)
    const outcomes: boolean[] = []
    for (const hash of batch) {
      if (signal.aborted) return batch.map((_, at) => outcomes[at] ?? false)
      const body = many.get(hash)
      if (body !== undefined) {
        this.#paceBy(hash, body)
        outcomes.push(true)
      } else {
        if (outcomes.length > 0) await this.#clock.sleep(STEP_MS, signal)
        outcomes.push(await this.#readOne(hash, origin, signal))
      }
    }
    return outcomes
  }

  async #readMany(
    batch: readonly string[],
    origin: Origin,
    signal: AbortSignal,
  ): Promise<Map<string, unknown>> {
    if (batch.length < 2 || !this.#canAskMany) return new Map()
    try {
      const found = await this.#reader.statuses(batch, origin, signal)
      this.#canAskMany = found !== null
      return found ?? new Map()
    } catch {
      // What one question did not answer is asked one by one, which tells what is wrong.
      return new Map()
    }
  }

  async #readOne(hash: string, origin: Origin, signal: AbortSignal): Promise<boolean> {
    if (this.#reader.pausedUntilMs() > this.#clock.nowMs()) return false
    try {
      const body = await this.#reader.status(hash, { origin, isAlwaysKept: origin === 'repair' }, signal)
      this.#paceBy(hash, body)
      return true
    } catch {
      // Counted by the caller; it stays followed and is asked again.
      this.#plan(hash, this.#clock.nowMs() + FAILED_PAUSE_MS)
      return false
    }
  }

  /** Whether the secrets of the one that has waited longest are public. A failed reading is left for the next round. */
  async #readSecrets(signal: AbortSignal): Promise<void> {
    const nowMs = this.#clock.nowMs()
    const due = [...this.#locked].find(([, dueMs]) => dueMs <= nowMs)
    if (due === undefined || signal.aborted) return
    const [hash] = due
    this.#locked.delete(hash)
    this.#locked.set(hash, nowMs + SECRETS_EVERY_MS)
    await this.#reader.secrets(hash, signal).catch(() => undefined)
  }

  #paceBy(hash: string, body: unknown): void {
    this.#known.add(hash.toLowerCase())
    const { everyMs, isBothLocked } = paceOf(body)
    if (!isBothLocked) this.#locked.delete(hash)
    else if (!this.#locked.has(hash)) this.#locked.set(hash, this.#clock.nowMs())
    if (everyMs === null) this.#followed.delete(hash.toLowerCase())
    else this.#plan(hash, this.#clock.nowMs() + everyMs)
  }

  #plan(hash: string, dueMs: number): void {
    const key = hash.toLowerCase()
    if (this.#followed.size >= MOST_FOLLOWED && !this.#followed.has(key)) return
    if (this.#known.size >= MOST_FOLLOWED) this.#known.clear()
    this.#known.add(key)
    this.#followed.set(key, { hash, dueMs })
  }

  #due(): string[] {
    const nowMs = this.#clock.nowMs()
    const due: string[] = []
    for (const { hash, dueMs } of this.#followed.values()) {
      if (dueMs <= nowMs && due.push(hash) === BATCH) break
    }
    return due
  }

  /** Until an order is heard of, or the next one is due; a clock that is set is noticed within the shortest pace. */
  async #rest(signal: AbortSignal): Promise<void> {
    const ending = new AbortController()
    this.#wake = () => {
      ending.abort()
    }
    const nowMs = this.#clock.nowMs()
    let restMs = FILLING_EVERY_MS
    for (const { dueMs } of this.#followed.values()) restMs = Math.min(restMs, dueMs - nowMs)
    await this.#clock.sleep(Math.max(STEP_MS, restMs), AbortSignal.any([signal, ending.signal]))
  }
}

/** What an answer says of how an order is to be read on. */
interface Pace {
  /** Milliseconds until it is read again; null when it is over or not known. */
  everyMs: number | null
  /** Escrows of it are under way. */
  isFilling: boolean
  /** Both of a fill's escrows stand, and the maker has not been paid from it. */
  isBothLocked: boolean
}

/** When an order wants to be read again, by what was answered of it. */
export function paceOf(body: unknown): Pace {
  if (!isJsonObject(body)) return { everyMs: null, isFilling: false, isBothLocked: false }
  const { status, fills } = body
  const phase = typeof status === 'string' ? wordOf(fusionPlusVocabulary, status)?.phase : undefined
  const told = (Array.isArray(fills) ? fills : []).map(deedsOf)
  if (phase !== undefined && isTerminalPhase(phase)) {
    const isSettledByWord = phase === 'completed' || phase === 'refunded'
    const isOutstanding = told.some(
      (deeds) =>
        deeds.has('src src_escrow_created') &&
        !deeds.has('src withdrawn') &&
        !deeds.has('src escrow_cancelled'),
    )
    const everyMs = isOutstanding && !isSettledByWord ? OUTSTANDING_EVERY_MS : null
    return { everyMs, isFilling: false, isBothLocked: false }
  }
  const isFilling = told.length > 0
  const isBothLocked = told.some(
    (deeds) => deeds.has('dst dst_escrow_created') && !deeds.has('dst withdrawn'),
  )
  return { everyMs: isFilling ? FILLING_EVERY_MS : OPEN_EVERY_MS, isFilling, isBothLocked }
}

function deedsOf(fill: unknown): Set<string> {
  const events: unknown = isJsonObject(fill) ? fill['escrowEvents'] : []
  const said = (Array.isArray(events) ? events : []).filter(isJsonObject)
  return new Set(said.map(({ side, action }) => `${String(side)} ${String(action)}`))
}
