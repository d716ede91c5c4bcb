import { getAddress } from 'viem/utils'
import type { Random } from '../kit/random.ts'
import type { Maker, Solver } from './intent.ts'

/** Enough that names repeat on a screen, few enough that some makers have several intents under way. */
const MAKER_COUNT = 320
const SOLVER_COUNT = 25

/** Who plays. */
export interface Cast {
  /** A few trade often, most seldom. */
  pickMaker: (random: Random) => Maker
  /** Good and fast ones win more often. */
  pickSolver: (random: Random) => Solver
  makers: readonly Maker[]
  solvers: readonly Solver[]
}

/** The cast of one seed. */
export function createCast(random: Random): Cast {
  const makers = Array.from({ length: MAKER_COUNT }, () => drawMaker(random))
  const solvers = Array.from({ length: SOLVER_COUNT }, (_, rank) => drawSolver(random, rank))
  return {
    makers,
    solvers,
    pickMaker: (chance) => pickUneven(makers, chance),
    pickSolver: (chance) => pickUneven(solvers, chance),
  }
}

/** An EVM address in its mixed-case form, as wallets write it. */
function drawAddress(random: Random): string {
  return getAddress(random.hex(20))
}

function drawMaker(random: Random): Maker {
  return { evmAddress: drawAddress(random), midnightKey: random.hex(32) }
}

/** The last three of the ranking are poor, so that trouble clusters around names. */
function drawSolver(random: Random, rank: number): Solver {
  const isPoor = rank >= SOLVER_COUNT - 3
  return {
    address: drawAddress(random),
    reliability: isPoor ? 0.45 + 0.2 * random.next() : 0.9 + 0.095 * random.next(),
    slowness: isPoor ? 2 + random.next() : 0.7 + 0.8 * random.next(),
  }
}

function pickUneven<T>(ranked: readonly T[], random: Random): T {
  const place = Math.floor(ranked.length * random.next() ** 1.6)
  const item = ranked[place]
  if (item === undefined) throw new RangeError('cannot pick from an empty list')
  return item
}
