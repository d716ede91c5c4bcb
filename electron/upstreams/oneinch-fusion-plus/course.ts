import type { Course, Situation } from '../../../shared/intent/course.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { evidenceOf, fillsOf, isSettled, offsetsOf, worstFirst, type Fill } from './fills.ts'
import { COURSES, REFUNDING, STAGES, type StageName, type Step } from './situations.ts'
import { windowsOf, type TimelockName, type TimelockOffsets } from './timelocks.ts'

/**
 * Where an order stands: by its worst fill and the windows that its timelocks open, source and destination apart, on
 * the clocks of their blocks; without an open fill by its auction. Empty where the status word says it all.
 */
export function fusionPlusCourse(intent: Intent): Course {
  const { status, parts } = intent
  if (status === 'executed' || status === 'refunded' || status === 'unpublished') return []
  const [worst] = worstFirst(fillsOf(parts))
  if (worst !== undefined && !isSettled(worst)) return fillCourse(worst, intent)
  return status === 'pending' ? auctionCourse(intent) : []
}

function fillCourse(fill: Fill, intent: Intent): Course {
  const evidence = evidenceOf(fill)
  if (evidence === 'settled') return []
  const steps = intent.status === 'refunding' && evidence !== 'rescued' ? REFUNDING : COURSES[evidence]
  const opensAtMs = openings(fill, offsetsOf(intent.parts))
  const sinceMs = sinceOf(fill, opensAtMs) ?? intent.phaseSinceMs
  const situations = steps.flatMap(({ stage, from }: Step) => {
    if (from === 'evidence') return [situation(stage, sinceMs)]
    const atMs = opensAtMs[from]
    // What had opened before the evidence came holds from the evidence on.
    return atMs === undefined ? [] : [situation(stage, Math.max(sinceMs, atMs))]
  })
  return situations.sort((a, b) => a.fromMs - b.fromMs)
}

/** Since when the present evidence holds, epoch milliseconds; null when no clock said so. */
function sinceOf(fill: Fill, opensAtMs: Partial<Record<TimelockName, number>>): number | null {
  const { source, destination, secret } = fill
  const lockedMs = destination.created?.atMs ?? source.created?.atMs ?? null
  switch (evidenceOf(fill)) {
    case 'rescued':
      return source.rescued?.atMs ?? destination.rescued?.atMs ?? null
    case 'makerPaid':
      return destination.withdrawn?.atMs ?? null
    case 'destinationReturned':
      return destination.cancelled?.atMs ?? null
    case 'secretOut':
      // Nobody may withdraw before the finality lock ends, however early the secret was given.
      return latest(secret?.sharedAtMs ?? source.withdrawn?.atMs, opensAtMs.destinationWithdrawal, lockedMs)
    case 'secretWanted':
      return latest(opensAtMs.destinationWithdrawal, lockedMs)
    case 'unlocked':
    case 'sourceLocked':
    case 'bothLocked':
    case 'settled':
      return lockedMs
  }
}

function latest(...instants: (number | null | undefined)[]): number | null {
  const known = instants.filter((atMs) => atMs !== null && atMs !== undefined)
  return known.length === 0 ? null : Math.max(...known)
}

/** When the windows of a fill's escrows open, as far as their creation and the offsets are known. */
function openings(fill: Fill, offsets: TimelockOffsets | null): Partial<Record<TimelockName, number>> {
  if (offsets === null) return {}
  const opensAtMs: Partial<Record<TimelockName, number>> = {}
  for (const side of ['source', 'destination'] as const) {
    const createdMs = fill[side].created?.atMs ?? null
    if (createdMs === null) continue
    for (const { name, fromMs } of windowsOf(offsets, side, createdMs))
      if (name !== 'finality') opensAtMs[name] = fromMs
  }
  return opensAtMs
}

function auctionCourse({ parts, deadlines, phaseSinceMs, details }: Intent): Course {
  const validation = details['validation'] ?? 'valid'
  if (validation !== 'valid') return [situation('unfillable', phaseSinceMs)]
  const endMs = deadlines.find(({ kind }) => kind === 'auctionEnd')?.atMs
  if (endMs === undefined) return []
  const startMs = Object.values(parts['auction'] ?? {}).map(({ atMs }) => Number(atMs))
  const fromMs = Math.min(phaseSinceMs, endMs, ...startMs)
  return [situation('auction', fromMs), situation('auctionOver', endMs)]
}

function situation(stage: StageName, fromMs: number): Situation {
  const { by, normalWaitMs, ...words } = STAGES[stage]
  return { ...words, fromMs, byKind: by, overdueAtMs: normalWaitMs === null ? null : fromMs + normalWaitMs }
}
