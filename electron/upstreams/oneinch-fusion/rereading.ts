import { Failure } from '../../../shared/api/failure.ts'
import type { Origin } from '../../../shared/intent/fact.ts'
import { isTerminalPhase } from '../../../shared/intent/phase.ts'
import { claimOf } from '../../../shared/intent/vocabulary.ts'
import { isAborted } from '../kit/aborted.ts'
import { pagesOfOpen } from '../kit/openIntents.ts'
import type { GapToRepair, Site, TrackedIntent } from '../upstream.ts'
import type { DuePrompts } from './duePrompts.ts'
import type { LateEvents } from './lateEvents.ts'
import type { Reader, Statuses } from './reader.ts'
import { oneinchFusionVocabulary } from './vocabulary.ts'

/** Orders asked for in one question: the documented page; how many are accepted is not documented. */
const AT_ONCE = 100

/** Pause between two questions of those that nobody waits for, milliseconds: the smallest plan allows one a second. */
const STEP_MS = 1_000

/** Pause between two looks for orders that have been silent, milliseconds: far below the silence that is looked for. */
const SWEEP_PAUSE_MS = 60_000

/** Silence after which an order on offer is read again, milliseconds: delivery is at most once, and no event says "expired". */
const QUIET_AFTER_MS = 5 * 60_000

/** What re-reading needs. */
export interface Rereading {
  site: Pick<Site, 'clock' | 'openIntents'>
  reader: Reader
  due: DuePrompts
  late: LateEvents
  /** The link is down or unwanted. */
  signal: AbortSignal
}

/** How many orders were read and how many could not be. */
interface Outcome {
  readCount: number
  failedCount: number
}

/**
 * Reads every watched order again, and every open one when there is a gap to repair; then tells each gap. Ends silently,
 * with the gaps untold, when the link drops meanwhile: the next repair covers them too.
 */
export async function repair(
  parts: Rereading,
  watched: readonly string[],
  gaps: GapToRepair[],
): Promise<void> {
  const origin = gaps.length > 0 ? 'repair' : 'poll'
  const targets = new Map(watched.map((hash) => [hash.toLowerCase(), hash]))
  const outcome: Outcome = { readCount: 0, failedCount: 0 }
  const ask = async (): Promise<void> => {
    const read = await readAll(parts, [...targets.values()], origin)
    targets.clear()
    outcome.readCount += read.readCount
    outcome.failedCount += read.failedCount
  }
  if (gaps.length > 0) {
    for await (const intent of pagesOfOpen(parts.site.openIntents, parts.signal)) {
      const hash = hashOf(intent)
      if (hash !== null) targets.set(hash.toLowerCase(), hash)
      if (targets.size >= AT_ONCE) await ask()
    }
  }
  if (targets.size > 0) await ask()
  if (isAborted(parts.signal)) return
  for (const gap of gaps.splice(0)) gap.repaired(outcome)
}

/** Reads what has fallen due, many orders at once, until the link drops. */
export async function readDue(parts: Rereading): Promise<void> {
  const { site, due, signal } = parts
  while (!isAborted(signal)) {
    await site.clock.sleep(STEP_MS, signal)
    const hashes = due.take(site.clock.nowMs(), AT_ONCE)
    if (hashes.length > 0 && !isAborted(signal)) await readAll(parts, hashes, 'poll')
  }
}

/** Prompts a reading of each open order that has been silent for long, until the link drops. */
export async function sweep({ site, due, signal }: Rereading): Promise<void> {
  while (!isAborted(signal)) {
    await site.clock.sleep(SWEEP_PAUSE_MS, signal)
    for await (const intent of pagesOfOpen(site.openIntents, signal)) {
      const hash = hashOf(intent)
      const isQuiet = site.clock.nowMs() - intent.lastHeardAtMs >= QUIET_AFTER_MS
      if (hash !== null && isQuiet) due.prompt(hash, site.clock.nowMs())
    }
  }
}

/**
 * Reads orders in questions of many, and one by one those that such an answer does not name, or all where the system has
 * no such reading. Waits out a pause that the server asks for.
 */
async function readAll(parts: Rereading, hashes: string[], origin: Origin): Promise<Outcome> {
  const outcome: Outcome = { readCount: 0, failedCount: 0 }
  for (let at = 0; at < hashes.length && !isAborted(parts.signal); at += AT_ONCE) {
    const some = hashes.slice(at, at + AT_ONCE)
    const { reader, signal } = parts
    const statuses = some.length > 1 ? await patiently(parts, () => reader.many(some, origin, signal)) : null
    if (statuses !== null) settle(parts, statuses)
    for (const hash of some) {
      if (statuses?.has(hash.toLowerCase()) === true) outcome.readCount += 1
      else if (isAborted(signal)) break
      else {
        const one = await patiently(parts, () => reader.one(hash, origin, signal))
        if (one === null) outcome.failedCount += 1
        else outcome.readCount += 1
        settle(parts, one ?? new Map())
        if (one?.has(hash.toLowerCase()) !== true) parts.late.read(hash, null)
      }
    }
  }
  return outcome
}

/** The answer to a question, asked again after each pause that the server wants; null when it failed otherwise. */
async function patiently(parts: Rereading, ask: () => Promise<Statuses>): Promise<Statuses | null> {
  const { reader, signal, site } = parts
  for (;;) {
    const pauseMs = reader.pausedUntilMs() - site.clock.nowMs()
    if (pauseMs > 0) await site.clock.sleep(pauseMs, signal)
    if (isAborted(signal)) return null
    try {
      return await ask()
    } catch (error) {
      // Counted by the caller; the sweep asks again later. A defect of our own must not look like a bad answer.
      if (!(error instanceof Failure)) throw error
      if (reader.pausedUntilMs() <= site.clock.nowMs()) return null
    }
  }
}

/** What was kept back of an order is handed on behind its reading; one that is over is not read again by itself. */
function settle({ due, late }: Rereading, statuses: Statuses): void {
  for (const [hash, status] of statuses) {
    const isOver = isTerminalPhase(claimOf(oneinchFusionVocabulary, status).phase)
    if (isOver) due.over(hash)
    late.read(hash, isOver)
  }
}

function hashOf(intent: TrackedIntent): string | null {
  return intent.aliases.find(({ kind }) => kind === 'orderHash')?.value ?? null
}
