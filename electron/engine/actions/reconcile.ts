import type { ActionRecord } from '../../../shared/api/action.ts'
import type { Store } from '../../store/store.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import type { ProfileConnection } from '../../../shared/api/profile.ts'
import type { Connection } from '../connection.ts'
import type { Connections } from '../connections.ts'
import type { InBackground, Logger } from '../logger.ts'
import { Absence } from './absence.ts'
import type { Ledger } from './ledger.ts'
import { intentOf, traceOf, type Sign } from './trace.ts'

/** Waits between readings, milliseconds: most answers are lost by a blink, and a slow relayer takes minutes. The last goes on. */
const PACE_MS = [2_000, 5_000, 15_000, 30_000, 60_000] as const

/** Readings that are recorded whatever they find; later ones only when they find something else, so that no ledger fills with them. */
const RECORDED_READINGS = 5

/** What reading needs. */
export interface ReconcilerSources {
  store: Pick<Store, 'intent' | 'action'>
  ledger: Ledger
  connections: Connections
  clock: Clock
  /** Resolves when all that was heard is on disk; fails when the disk refuses. */
  flushed: () => Promise<void>
  inBackground: InBackground
  logger: Logger
}

/** What a reading found: a sign, or that none could be made. */
type Finding = Sign | 'failed'

/** Finds out by reading what became of actions whose outcome is unknown. Reads only; never sends anything again. */
export class Reconciler {
  readonly #sources: ReconcilerSources
  readonly #plans = new Map<string, { nextReadAtMs: number | null; end: AbortController }>()

  constructor(sources: ReconcilerSources) {
    this.#sources = sources
  }

  /** Reads for an action until it is settled. Where no reading can tell, or its connection is of another profile, nobody reads. */
  follow(action: ActionRecord): void {
    if (this.#connectionOf(action) === null || this.#plans.has(action.id) || traceOf(action) === null) return
    const end = new AbortController()
    this.#plans.set(action.id, { nextReadAtMs: null, end })
    const work = this.#readOn(action, end.signal).finally(() => this.#plans.delete(action.id))
    this.#sources.inBackground(`Reading what became of action ${action.id}`, work)
  }

  /** When each action that is followed is read next, epoch milliseconds. */
  planned(): Map<string, number> {
    return new Map(
      [...this.#plans].flatMap(([action, { nextReadAtMs }]) =>
        nextReadAtMs === null ? [] : [[action, nextReadAtMs] as const],
      ),
    )
  }

  /** Reads no more for an action, which somebody has settled. */
  leave(action: string): void {
    this.#plans.get(action)?.end.abort()
    this.#plans.delete(action)
  }

  /** Reads no more for any. */
  close(): void {
    for (const action of [...this.#plans.keys()]) this.leave(action)
  }

  async #readOn(action: ActionRecord, signal: AbortSignal): Promise<void> {
    const absence = new Absence()
    let last: Finding | null = null
    let waitedMs = 0
    for (let count = 0; ; count += 1) {
      waitedMs += await this.#untilNext(action.id, count, signal)
      if (signal.aborted) return
      const finding = await this.#look(action)
      absence.add(finding === 'failed' ? 'nothing' : finding, waitedMs)
      const isNews = count < RECORDED_READINGS || finding !== last
      if (await this.#isSettled(action, { finding, absence, isNews })) return
      last = finding
    }
  }

  /** Waits until the next reading; answers how long, milliseconds. */
  async #untilNext(action: string, count: number, signal: AbortSignal): Promise<number> {
    const { clock, ledger } = this.#sources
    const waitMs = PACE_MS[count] ?? PACE_MS[PACE_MS.length - 1] ?? 0
    const plan = this.#plans.get(action)
    if (plan !== undefined) plan.nextReadAtMs = clock.nowMs() + waitMs
    ledger.tell()
    await clock.sleep(waitMs, signal)
    return waitMs
  }

  async #look(action: ActionRecord): Promise<Finding> {
    const found = traceOf(action)
    const { flushed, store } = this.#sources
    const link = this.#connectionOf(action)?.link() ?? null
    if (found === null || link === null) return 'failed'
    try {
      await link.reread(found.readId)
      await flushed()
      return found.trace.seen(await intentOf(store, action, found.readId), action.marks)
    } catch {
      return 'failed'
    }
  }

  /** The connection that an action went over; null where another profile gives its name to another place, which knows nothing of it. */
  #connectionOf(action: ActionRecord): Connection | null {
    const named = this.#sources.connections.all().find(({ id }) => id === action.connection)
    return named !== undefined && isSentTo(action, named.profile) ? named : null
  }

  /** Records what a reading found. A disk that refuses ends nothing: the next reading finds the same. */
  async #isSettled(action: ActionRecord, found: Found): Promise<boolean> {
    try {
      // A sign that was pushed, or a person, may have settled it meanwhile.
      if ((await this.#sources.store.action(action.id)).state !== 'unknown') return true
      return await this.#record(action, found)
    } catch (reason) {
      const said = reason instanceof Error ? reason.message : String(reason)
      this.#sources.logger.warn('What a reading found was not recorded.', { action: action.id, reason: said })
      return false
    }
  }

  async #record(action: ActionRecord, { finding, absence, isNews }: Found): Promise<boolean> {
    const { ledger } = this.#sources
    const trace = traceOf(action)?.trace
    const isProof = trace?.isAbsenceProof === true && absence.isProof(trace.windowMs)
    if (finding === 'applied') {
      await ledger.byConsole({
        action: action.id,
        kind: 'accepted',
        why: 'A reading shows that it was carried out.',
      })
      return true
    }
    if (isNews || isProof) await ledger.byConsole({ action: action.id, kind: 'read', why: WORDS[finding] })
    if (isProof) await ledger.byConsole({ action: action.id, kind: 'notExecuted', why: absence.sentence() })
    return isProof
  }
}

/** Whether a place is the one that an action was sent to. */
function isSentTo({ request }: ActionRecord, { url, restUrl }: ProfileConnection): boolean {
  const host = hostOf(request.url)
  return [url, restUrl].some((place) => place !== undefined && hostOf(place) === host)
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}

/** A reading, with those before it. */
interface Found {
  finding: Finding
  absence: Absence
  /** Whether it is recorded although it settles nothing. */
  isNews: boolean
}

const WORDS: Record<Exclude<Finding, 'applied'>, string> = {
  absent: 'Read again: no sign of it.',
  unclear: 'Read again: what it shows does not tell.',
  failed: 'It could not be read.',
}
