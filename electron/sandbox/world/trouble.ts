import type { Random } from '../kit/random.ts'
import { DEADLINE_MS, MINUTE, SECOND } from './durations.ts'
import { latestMs, timelockMs, type Outcome, type Plot, type Waiting } from './plot.ts'

/** Chance of trouble at each wait, with a solver on whom one can rely. */
const TROUBLE_SHARE = 0.03

/** How much a solver's failings add to it, where the solver acts. */
const SOLVER_SHARE = 0.35

/** What may go wrong where no funds are locked yet, each with its weight. */
const BEFORE_LOCK = [
  [tarry, 0.35],
  [outstayDeadline, 0.25],
  [failEarly, 0.2],
  [cancel, 0.15],
  [lieForgotten, 0.05],
] as const

/** What may go wrong where the maker's funds are locked, each with its weight. */
const AFTER_LOCK = [
  [tarry, 0.3],
  [outstayTimelock, 0.3],
  [failLate, 0.25],
  [goBack, 0.15],
] as const

/** Of failures with locked funds, the share for which the coordinator refunds by itself. */
const REFUNDED_SHARE = 0.65

/** How long a forgotten intent is kept: longer than any timelock. */
const FORGOTTEN_MS = 180 * MINUTE

/** What a step that is late, but not too late, still needs. */
const IN_TIME_MS = 5 * MINUTE

type Trouble = (plot: Plot, at: Waiting) => Outcome

/** Draws whether something goes wrong at a wait, and writes it; `over` when life ends with it. */
export function meetTrouble(plot: Plot, at: Waiting): Outcome {
  const isUpToSolver = at === 'agreement' || at === 'destinationLock' || at === 'withdrawal'
  const share = TROUBLE_SHARE + (isUpToSolver ? SOLVER_SHARE * (1 - plot.solver.reliability) ** 1.5 : 0)
  if (!plot.random.chance(share)) return 'on'
  const trouble = pickWeighted(plot.sourceLockedMs === null ? BEFORE_LOCK : AFTER_LOCK, plot.random)
  return trouble(plot, at)
}

function pickWeighted(choices: readonly (readonly [Trouble, number])[], random: Random): Trouble {
  let left = random.next()
  for (const [trouble, weight] of choices) {
    left -= weight
    if (left < 0) return trouble
  }
  return tarry
}

/** Takes very long, then goes on as if nothing had been: while funds are locked, in time for the next lock to open first. */
function tarry(plot: Plot, at: Waiting): Outcome {
  const { script, random } = plot
  const untilMs = script.nowMs + random.around(15 * MINUTE, 0.5)
  script.waitUntil(Math.min(untilMs, latestMs(plot, at) - IN_TIME_MS))
  return 'on'
}

/** Waits until nothing can be submitted any more. */
function outstayDeadline({ script, random }: Plot): Outcome {
  script.waitUntil(DEADLINE_MS + random.integer(1, 20) * SECOND)
  script.add({ kind: 'moved', to: 'failed', failureReason: 'deadline passed before the source was locked' })
  return 'over'
}

function failEarly({ script, random }: Plot, at: Waiting): Outcome {
  script.wait(random.around(30 * SECOND, 0.6))
  if (at === 'proof') script.add({ kind: 'proven', proof: 'rejected' })
  const [error, failureReason] = EARLY_REASONS[at] ?? ['COORDINATOR_ERROR', 'the coordinator gave up']
  script.add({ kind: 'moved', to: 'failed', error, failureReason })
  return 'over'
}

const EARLY_REASONS: Partial<Record<Waiting, readonly [string, string]>> = {
  proof: ['INVALID_PROOF', 'IntentValidator: signature does not recover to the sender'],
  solver: ['NO_LIQUIDITY', 'no solver quoted above the minimum'],
  agreement: ['SOLVER_WITHDREW', 'the solver gave the intent back and nobody else took it'],
  sourceLock: ['SOURCE_LOCK_REVERTED', 'execution reverted: TransferHelper: TRANSFER_FROM_FAILED'],
}

function cancel({ script, random }: Plot): Outcome {
  script.wait(random.around(45 * SECOND, 0.7))
  script.add({ kind: 'moved', to: 'cancelled' }, { kind: 'removed' })
  return 'over'
}

/** Nothing moves any more, and nobody says why. */
function lieForgotten({ script }: Plot): Outcome {
  script.wait(FORGOTTEN_MS)
  script.add({ kind: 'removed' })
  return 'over'
}

/** Nobody acts until the source lock may be taken back. */
function outstayTimelock(plot: Plot): Outcome {
  plot.script.waitUntil(timelockMs(plot, 'source'))
  plot.script.add({ kind: 'moved', to: 'failed', failureReason: 'source timelock expired' })
  return takeBack(plot)
}

/** Fails soon after the maker's funds were locked; they stay locked until the timelock. */
export function failLate(plot: Plot, at: Waiting): Outcome {
  const { script, random } = plot
  script.wait(random.around(50 * SECOND, 0.6))
  const isSolverGone = at === 'destinationLock'
  script.add({
    kind: 'moved',
    to: 'failed',
    error: isSolverGone ? 'DESTINATION_LOCK_FAILED' : 'WITHDRAWAL_FAILED',
    failureReason: isSolverGone
      ? 'the solver did not lock the destination'
      : 'the destination withdrawal reverted',
  })
  return takeBack(plot)
}

/** The solver takes its lock back after T_d; the maker's after T_s, unless nobody does it. */
function takeBack(plot: Plot): Outcome {
  const { script, random, durations, wish } = plot
  if (plot.destinationLockedMs !== null) {
    script.waitUntil(timelockMs(plot, 'destination') + random.integer(5, 120) * SECOND)
    script.add({ kind: 'spent', side: 'destination', by: 'refund', transaction: random.hex(32) })
  }
  if (!random.chance(REFUNDED_SHARE)) return 'over'
  script.waitUntil(timelockMs(plot, 'source'))
  script.wait(random.around(2 * MINUTE, 0.8) + durations.settleOn(wish.route.from))
  script.add({ kind: 'spent', side: 'source', by: 'refund', transaction: random.hex(32) })
  return 'over'
}

/** A reorganisation takes the newest lock back, and it is made again. */
function goBack(plot: Plot): Outcome {
  const { script, random, durations, wish } = plot
  script.wait(random.around(20 * SECOND, 0.5))
  if (plot.destinationLockedMs !== null) {
    script.add({ kind: 'unlocked', side: 'destination' })
    script.wait(durations.destinationLock(plot.solver))
    script.add({ kind: 'locked', side: 'destination', transaction: random.hex(32) })
    plot.destinationLockedMs = script.nowMs
    return 'on'
  }
  script.add({ kind: 'unlocked', side: 'source' }, { kind: 'moved', to: 'locking' })
  script.wait(durations.settleOn(wish.route.from))
  script.add(
    { kind: 'locked', side: 'source', transaction: random.hex(32) },
    { kind: 'moved', to: 'executing' },
  )
  plot.sourceLockedMs = script.nowMs
  return 'on'
}
