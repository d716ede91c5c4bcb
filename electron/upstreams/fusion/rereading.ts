import type { Origin } from '../../../shared/intent/fact.ts'
import { isAborted } from '../kit/aborted.ts'
import { pagesOfOpen } from '../kit/openIntents.ts'
import type { GapToRepair, Site, TrackedIntent } from '../upstream.ts'
import type { Reader } from './reader.ts'

/** Readings at once while a gap is repaired: a browser opens as many connections to one host. */
const READINGS_AT_ONCE = 5

/** Silence after which an open intent is read again, milliseconds: delivery is at most once, and ids change unannounced. */
const QUIET_AFTER_MS = 5 * 60_000

/** Pause between two readings of the slow sweep, milliseconds: 30 a minute burden nobody. */
const SWEEP_STEP_MS = 2_000

/** Pause between two sweeps, milliseconds: far below the silence that is looked for. */
const SWEEP_PAUSE_MS = 30_000

/** Names tried for one intent when the backend does not know the newest: it has two at most, the client's and the contract's. */
const NAMES_TRIED = 3

/** What re-reading needs. */
export interface Rereading {
  site: Pick<Site, 'clock' | 'openIntents'>
  reader: Reader
  /** Called for each answer with a status. */
  answered: (id: string, status: string) => void
  /** The link is down or unwanted. */
  signal: AbortSignal
}

/**
 * Reads every open intent and every watched id again, in order, a few at once; then tells each gap. Ends silently, with
 * the gaps untold, when the link drops meanwhile: the next repair covers them too.
 */
export async function repair(
  parts: Rereading,
  watched: readonly string[],
  gaps: GapToRepair[],
): Promise<void> {
  const targets = targetsOf(parts, watched, gaps.length > 0)
  const origin = gaps.length > 0 ? 'repair' : 'poll'
  let readCount = 0
  let failedCount = 0
  const work = async (): Promise<void> => {
    for (let next = await targets.next(); !next.done && !parts.signal.aborted; next = await targets.next()) {
      if (await readByAnyName(parts, next.value, origin)) readCount += 1
      else failedCount += 1
    }
  }
  await Promise.all(Array.from({ length: READINGS_AT_ONCE }, work))
  if (parts.signal.aborted) return
  for (const gap of gaps.splice(0)) gap.repaired({ readCount, failedCount })
}

/** Reads open intents that have been silent for long, one every two seconds, until the link drops. */
export async function sweep(parts: Rereading): Promise<void> {
  const { clock, openIntents } = parts.site
  while (!isAborted(parts.signal)) {
    await clock.sleep(SWEEP_PAUSE_MS, parts.signal)
    for await (const intent of pagesOfOpen(openIntents, parts.signal)) {
      if (clock.nowMs() - intent.lastHeardAtMs < QUIET_AFTER_MS) continue
      await readByAnyName(parts, namesOf(intent), 'poll')
      await clock.sleep(SWEEP_STEP_MS, parts.signal)
      if (isAborted(parts.signal)) return
    }
  }
}

/** Reads an intent under its newest name, then the older ones. False when no reading worked; waits out a server’s pause. */
async function readByAnyName(parts: Rereading, names: string[], origin: Origin): Promise<boolean> {
  const { reader, signal, site } = parts
  for (const name of names) {
    const pauseMs = reader.pausedUntilMs() - site.clock.nowMs()
    if (pauseMs > 0) await site.clock.sleep(pauseMs, signal)
    if (isAborted(signal)) return false
    try {
      const { isFound, status } = await reader.intent(name, origin, signal)
      if (!isFound) continue
      parts.answered(name, status)
      return true
    } catch {
      // Counted by the caller; the sweep asks again later. A pause that this very answer ordered is waited out.
      const isPaused = reader.pausedUntilMs() > site.clock.nowMs()
      return isPaused && !isAborted(signal) ? readByAnyName(parts, names, origin) : false
    }
  }
  return names.length > 0
}

async function* targetsOf(
  parts: Rereading,
  watched: readonly string[],
  isAll: boolean,
): AsyncGenerator<string[]> {
  const told = new Set<string>()
  for (const id of watched) {
    told.add(id.toLowerCase())
    yield [id]
  }
  if (!isAll) return
  for await (const intent of pagesOfOpen(parts.site.openIntents, parts.signal)) {
    const names = namesOf(intent)
    if (!names.some((name) => told.has(name.toLowerCase()))) yield names
  }
}

function namesOf(intent: TrackedIntent): string[] {
  const ids = intent.aliases.filter((alias) => alias.kind === 'intentId').map((alias) => alias.value)
  return ids.slice(0, NAMES_TRIED)
}
