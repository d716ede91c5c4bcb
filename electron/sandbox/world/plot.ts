import type { Random } from '../kit/random.ts'
import { timelockSecOf } from './chains.ts'
import { SECOND, type Durations } from './durations.ts'
import type { Solver, Wish } from './intent.ts'
import type { Script } from './step.ts'

/** Where an intent waits; at each of them something can go wrong. */
export type Waiting = 'proof' | 'solver' | 'agreement' | 'sourceLock' | 'destinationLock' | 'withdrawal'

/** Whether life goes on after a chapter. */
export type Outcome = 'on' | 'over'

/** What is needed to write a life, and how far it has come. */
export interface Plot {
  wish: Wish
  random: Random
  solver: Solver
  durations: Durations
  script: Script
  /** Story time of the source lock since submission, milliseconds; null before it. */
  sourceLockedMs: number | null
  destinationLockedMs: number | null
}

/** Story time since submission at which a lock runs out; `Infinity` while there is none. */
export function timelockMs(plot: Plot, side: 'source' | 'destination'): number {
  const lockedMs = side === 'source' ? plot.sourceLockedMs : plot.destinationLockedMs
  return lockedMs === null ? Infinity : lockedMs + timelockSecOf(plot.wish.route, side) * SECOND
}

/** Until when what is waited for makes sense: the destination must open before the source, and be emptied before that. */
export function latestMs(plot: Plot, at: Waiting): number {
  if (at === 'destinationLock')
    return timelockMs(plot, 'source') - timelockSecOf(plot.wish.route, 'destination') * SECOND
  if (at === 'withdrawal') return timelockMs(plot, 'destination')
  return Infinity
}
