import type { Random } from '../kit/random.ts'
import type { Chain } from './chains.ts'
import type { Solver, Wish } from './intent.ts'

/** Milliseconds in a second and a minute, for times as people say them. */
export const SECOND = 1_000
export const MINUTE = 60 * SECOND

/** From submission until the deadline that bounds permits: half an hour, a usual choice of wallets. */
export const DEADLINE_MS = 30 * MINUTE

/** How long each wait of an untroubled intent takes, story milliseconds. */
export interface Durations {
  /** Until somebody begins to make the proof. */
  untilProofBegins: () => number
  proof: () => number
  match: () => number
  announceLock: () => number
  sourceLock: () => number
  destinationLock: (solver: Solver) => number
  withdrawal: (solver: Solver) => number
  shieldedSettlement: () => number
  /** Until a block takes up what was sent and is final. */
  settleOn: (chain: Chain) => number
}

/** Times by route: blocks and finality of its chains, proofs where Midnight or a shield takes part. */
export function durationsOf(wish: Wish, random: Random): Durations {
  const { from, to } = wish.route
  const settleOn = (chain: Chain): number => random.around(2 * chain.blockMs, 0.6) + chain.finalityMs
  const proofMedian = (from.family === 'midnight' ? 40 : 16) * SECOND + (wish.isShielded ? 45 * SECOND : 0)
  return {
    untilProofBegins: () => random.around(4 * SECOND, 0.5),
    proof: () => random.around(proofMedian, 0.4),
    match: () => random.around(14 * SECOND, 0.8),
    announceLock: () => random.around(3 * SECOND, 0.4),
    sourceLock: () => random.around(40 * SECOND, 0.7) + settleOn(from),
    destinationLock: (solver) => solver.slowness * random.around(25 * SECOND, 0.5) + settleOn(to),
    withdrawal: (solver) =>
      solver.slowness * random.around(20 * SECOND, 0.6) + (wish.isShielded ? 60 * SECOND : 0) + settleOn(to),
    shieldedSettlement: () => random.around(35 * SECOND, 0.4),
    settleOn,
  }
}
