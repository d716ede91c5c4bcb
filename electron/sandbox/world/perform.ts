import { timelockSecOf } from './chains.ts'
import type { WorldIntent } from './intent.ts'
import type { Deed } from './step.ts'

/** When a deed is done, and how fast the story runs. */
export interface Moment {
  /** Epoch milliseconds. */
  atMs: number
  /** How many times faster than real time; divides the timelocks. */
  rate: number
}

/** Does one deed to an intent. */
export function perform(intent: WorldIntent, deed: Deed, { atMs, rate }: Moment): void {
  intent.updatedAtMs = atMs
  switch (deed.kind) {
    case 'moved':
      intent.stage = deed.to
      intent.solver = deed.solver ?? intent.solver
      intent.error = deed.error ?? intent.error
      intent.failureReason = deed.failureReason ?? intent.failureReason
      if (deed.to === 'matched') intent.matchedAtMs = atMs
      if (deed.to === 'completed') intent.completedAtMs = atMs
      return
    case 'proven':
      intent.proof = deed.proof
      if (deed.proof === 'verified') intent.proofGeneratedAtMs = atMs
      return
    case 'renamed':
      intent.id = deed.id
      return
    case 'locked': {
      // Somebody else was first: a lock is made once, and taken out once.
      if (intent.locks[deed.side] !== null) return
      const timelockMs = (timelockSecOf(intent.route, deed.side) * 1_000) / rate
      const timelockAtMs = Math.round(atMs + timelockMs)
      intent.locks[deed.side] = { transaction: deed.transaction, atMs, timelockAtMs, spent: null }
      return
    }
    case 'unlocked':
      intent.locks[deed.side] = null
      return
    case 'spent': {
      const lock = intent.locks[deed.side]
      if (lock?.spent === null) lock.spent = { by: deed.by, transaction: deed.transaction, atMs }
      return
    }
    case 'removed':
      intent.isRemoved = true
  }
}
