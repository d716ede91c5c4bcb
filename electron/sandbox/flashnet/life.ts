import type { Random } from '../kit/random.ts'
import type { Maker } from '../world/intent.ts'
import { drawTrouble } from './troubles.ts'

/** Stages in the story's own words; the last two are ends. */
export type Stage = 'oracle' | 'accepted' | 'included' | 'finalized' | 'expired'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** A client signs for so long by default. */
const SIGNED_FOR_MS = 15 * MINUTE

/** One submission as it stands. Times are epoch milliseconds. */
export interface Submission {
  submissionId: string
  /** 64 hex digits. */
  intentId: string
  maker: Maker
  /** Whether it spends a Spark transfer, which the oracle has to confirm. */
  isDeposit: boolean
  stage: Stage
  createdAtMs: number
  updatedAtMs: number
  expiresAtMs: number
  statusMessage: string | null
  executionTxHash: string | null
  /** The stage before, for an answer that goes back. */
  former: Stage | null
}

/** One move of a life, so long after its beginning (story milliseconds). */
export interface Move {
  afterMs: number
  to: Stage
  statusMessage?: string
  executionTxHash?: string
}

/** How a life goes, with its share. */
const PLOTS: readonly [share: number, write: (random: Random, isDeposit: boolean) => Move[]][] = [
  [0.62, succeed],
  [0.1, revert],
  [0.08, (random) => [fail(random, 'oracle', random.around(3 * MINUTE, 0.6))]],
  [0.04, (random) => [fail(random, 'admission', random.around(20 * SECOND, 0.6))]],
  [0.1, (random) => [fail(random, 'deadline', SIGNED_FOR_MS + random.waiting(2 * MINUTE))]],
  // The validators do not come together for an hour and more.
  [0.04, (random, isDeposit) => slowly(random, succeed(random, isDeposit))],
  // After its block it is given up, which no page describes and none excludes.
  [0.02, revertLate],
]

/** Writes a life. Depends on chance only, never on the time. */
export function writeLife(random: Random, isDeposit: boolean): Move[] {
  let left = random.next()
  for (const [share, write] of PLOTS) {
    left -= share
    if (left < 0) return write(random, isDeposit)
  }
  return succeed(random, isDeposit)
}

/** Writes the life of what a client submits: nothing is left to chance but the time that it takes. */
export function writeGivenLife(random: Random, isDeposit: boolean, trouble: string | null): Move[] {
  if (trouble === null) return succeed(random, isDeposit)
  return [{ afterMs: random.around(20 * SECOND, 0.6), to: 'expired', statusMessage: trouble }]
}

/** When the signature of a submission ends, story milliseconds after its beginning. */
export function signedForMs(): number {
  return SIGNED_FOR_MS
}

function succeed(random: Random, isDeposit: boolean): Move[] {
  const moves: Move[] = []
  let atMs = 0
  if (isDeposit) {
    atMs += random.around(2 * MINUTE, 0.9)
    moves.push({ afterMs: atMs, to: 'accepted' })
  }
  atMs += random.around(45 * SECOND, 0.8)
  moves.push({ afterMs: atMs, to: 'included', executionTxHash: random.hex(32) })
  // Now and then finality comes so soon that whoever polls never sees the block.
  atMs += random.chance(0.2) ? random.integer(50, 900) : random.around(75 * SECOND, 0.7)
  moves.push({ afterMs: atMs, to: 'finalized' })
  return moves
}

function slowly(random: Random, moves: Move[]): Move[] {
  return moves.map((move) =>
    move.to === 'finalized'
      ? { ...move, afterMs: move.afterMs + 60 * MINUTE + random.waiting(20 * MINUTE) }
      : move,
  )
}

function revert(random: Random, isDeposit: boolean): Move[] {
  const before = succeed(random, isDeposit).filter(({ to }) => to === 'accepted')
  const atMs = (before.at(-1)?.afterMs ?? 0) + random.around(45 * SECOND, 0.8)
  const executionTxHash = random.hex(32)
  const statusMessage = drawTrouble(random, 'revert', executionTxHash)
  return [...before, { afterMs: atMs, to: 'expired', statusMessage, executionTxHash }]
}

function revertLate(random: Random, isDeposit: boolean): Move[] {
  const before = succeed(random, isDeposit).filter(({ to }) => to !== 'finalized')
  const atMs = (before.at(-1)?.afterMs ?? 0) + random.around(3 * MINUTE, 0.5)
  return [...before, fail(random, 'deadline', atMs)]
}

function fail(random: Random, why: 'oracle' | 'admission' | 'deadline', afterMs: number): Move {
  return { afterMs, to: 'expired', statusMessage: drawTrouble(random, why, null) }
}
