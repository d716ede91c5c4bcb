import type { Random } from '../kit/random.ts'
import type { Cast } from './cast.ts'
import { durationsOf, MINUTE } from './durations.ts'
import type { Stage, Wish } from './intent.ts'
import { latestMs, type Outcome, type Plot } from './plot.ts'
import { createScript, type Step } from './step.ts'
import { failLate, meetTrouble } from './trouble.ts'

/** A whole life, written at birth: the stage that it begins in, and every step to come. */
export interface Life {
  begins: Extract<Stage, 'submitted' | 'verified'>
  steps: readonly Step[]
}

/** Of intents from an EVM chain, the share whose contract emits an id of its own. */
const RENAMED_SHARE = 0.15

/** Of routes across families, the share that is marked ready off-chain and skips the proof. */
const PROOFLESS_SHARE = 0.3

/** Of shielded settlements, the share for which the coordinator has a status that no page describes. */
const UNDESCRIBED_SHARE = 0.6

/** Of completed intents, the share that is taken off the mempool some time later. */
const TIDIED_SHARE = 0.1

/** Writes the life of a wish. Depends on the seed and the wish only, never on the time. */
export function writeLife(wish: Wish, cast: Cast, random: Random): Life {
  const plot: Plot = {
    wish,
    random,
    solver: cast.pickSolver(random),
    durations: durationsOf(wish, random),
    script: createScript(),
    sourceLockedMs: null,
    destinationLockedMs: null,
  }
  const isCrossFamily = wish.route.from.family !== wish.route.to.family
  const begins = isCrossFamily && random.chance(PROOFLESS_SHARE) ? 'verified' : 'submitted'
  const chapters = begins === 'submitted' ? [prove, ...AFTER_PROOF] : AFTER_PROOF
  for (const chapter of chapters) if (chapter(plot) === 'over') break
  return { begins, steps: plot.script.steps }
}

const AFTER_PROOF: readonly ((plot: Plot) => Outcome)[] = [
  match,
  agree,
  lockSource,
  lockDestination,
  withdraw,
]

function prove(plot: Plot): Outcome {
  const { script, random, durations, wish } = plot
  if (wish.route.from.family === 'evm' && random.chance(RENAMED_SHARE)) {
    script.wait(durations.untilProofBegins())
    script.add({ kind: 'renamed', id: random.hex(32) })
  }
  script.wait(durations.untilProofBegins())
  script.add({ kind: 'proven', proof: 'generating' })
  if (meetTrouble(plot, 'proof') === 'over') return 'over'
  script.wait(durations.proof())
  script.add({ kind: 'proven', proof: 'verified' })
  script.wait(random.integer(200, 1_500))
  script.add({ kind: 'moved', to: 'verified' })
  return 'on'
}

function match(plot: Plot): Outcome {
  if (meetTrouble(plot, 'solver') === 'over') return 'over'
  plot.script.wait(plot.durations.match())
  plot.script.add({ kind: 'moved', to: 'matched', solver: plot.solver })
  return 'on'
}

function agree(plot: Plot): Outcome {
  if (meetTrouble(plot, 'agreement') === 'over') return 'over'
  plot.script.wait(plot.durations.announceLock())
  plot.script.add({ kind: 'moved', to: 'locking' })
  return 'on'
}

function lockSource(plot: Plot): Outcome {
  const { script, random, durations } = plot
  if (meetTrouble(plot, 'sourceLock') === 'over') return 'over'
  script.wait(durations.sourceLock())
  script.add(
    { kind: 'locked', side: 'source', transaction: random.hex(32) },
    { kind: 'moved', to: 'executing' },
  )
  plot.sourceLockedMs = script.nowMs
  return 'on'
}

function lockDestination(plot: Plot): Outcome {
  const { script, random, durations, solver } = plot
  if (meetTrouble(plot, 'destinationLock') === 'over') return 'over'
  script.wait(durations.destinationLock(solver))
  if (script.nowMs >= latestMs(plot, 'destinationLock')) return failLate(plot, 'destinationLock')
  script.add({ kind: 'locked', side: 'destination', transaction: random.hex(32) })
  plot.destinationLockedMs = script.nowMs
  return 'on'
}

function withdraw(plot: Plot): Outcome {
  const { script, random, durations, solver, wish } = plot
  if (meetTrouble(plot, 'withdrawal') === 'over') return 'over'
  if (wish.isShielded && random.chance(UNDESCRIBED_SHARE)) {
    script.wait(durations.shieldedSettlement())
    script.add({ kind: 'moved', to: 'settlingShielded' })
  }
  script.wait(durations.withdrawal(solver))
  if (script.nowMs >= latestMs(plot, 'withdrawal')) return failLate(plot, 'withdrawal')
  script.add(
    { kind: 'spent', side: 'destination', by: 'claim', transaction: random.hex(32) },
    { kind: 'moved', to: 'completed' },
  )
  script.wait(durations.settleOn(wish.route.from))
  script.add({ kind: 'spent', side: 'source', by: 'claim', transaction: random.hex(32) })
  if (random.chance(TIDIED_SHARE)) {
    script.wait(random.around(10 * MINUTE, 0.5))
    script.add({ kind: 'removed' })
  }
  return 'over'
}
