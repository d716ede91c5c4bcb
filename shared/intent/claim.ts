import type { StatusClaim } from './fact.ts'
import type { Contradiction, Intent, Said, StageEntry } from './intent.ts'
import { isTerminalPhase } from './phase.ts'

/**
 * Whether a claim takes an intent back: to a lower rank than was reached, or away from a terminal word. A word that nobody
 * has described never does, since its place is not known.
 */
export function isBackward(
  intent: Pick<Intent, 'status' | 'phase' | 'furthest'>,
  claim: StatusClaim,
): boolean {
  const { furthest } = intent
  if (furthest === null || claim.rank === null || isSameState(intent, claim)) return false
  if (isTerminalPhase(furthest.phase)) return claim.status !== furthest.status
  return !isTerminalPhase(claim.phase) && claim.rank < (furthest.rank ?? 0)
}

/** The intent after one more claim: the newest is believed, and what speaks against it is kept beside it. */
export function withClaim(intent: Intent, claim: StatusClaim, said: Said): Intent {
  if (isSameState(intent, claim)) return intent
  const entry: StageEntry = { ...claim, enteredAtMs: said.atMs, origin: said.origin }
  const stages = [...intent.stages, entry]
  const furthest = furtherOf(intent.furthest, entry)
  const others = intent.contradictions.filter(({ field }) => field !== 'status')
  const contradiction = statusContradiction(stages, furthest)
  return {
    ...intent,
    status: claim.status,
    phase: claim.phase,
    isTerminal: isTerminalPhase(claim.phase),
    phaseSinceMs: said.atMs,
    stages,
    furthest,
    contradictions: contradiction === null ? others : [contradiction, ...others],
  }
}

/** One word may stand for several phases, which the system tells apart by other means. */
function isSameState(intent: Pick<Intent, 'status' | 'phase'>, claim: StatusClaim): boolean {
  return claim.status === intent.status && claim.phase === intent.phase
}

function furtherOf(furthest: StageEntry | null, entry: StageEntry): StageEntry | null {
  if (entry.rank === null) return furthest
  if (furthest === null) return entry
  if (isTerminalPhase(furthest.phase)) return furthest
  return isTerminalPhase(entry.phase) || entry.rank > (furthest.rank ?? 0) ? entry : furthest
}

/** The furthest and the newest status side by side, until the newest has reached the furthest again. */
function statusContradiction(
  stages: readonly StageEntry[],
  furthest: StageEntry | null,
): Contradiction | null {
  const newest = stages.findLast(({ rank }) => rank !== null)
  if (furthest === null || newest === undefined || newest.status === furthest.status) return null
  if (!isTerminalPhase(furthest.phase) && (newest.rank ?? 0) >= (furthest.rank ?? 0)) return null
  const claims = [furthest, newest].map(({ status, origin, enteredAtMs }) => ({
    value: status,
    origin,
    atMs: enteredAtMs,
  }))
  return { field: 'status', claims }
}
