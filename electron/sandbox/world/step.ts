import type { Proof, Side, Solver, Stage } from './intent.ts'

/** What happens in one step of an intent's life. */
export type Deed =
  | { kind: 'moved'; to: Stage; solver?: Solver; error?: string; failureReason?: string }
  | { kind: 'proven'; proof: Proof }
  /** The contract's id takes the place of the client's. */
  | { kind: 'renamed'; id: string }
  | { kind: 'locked'; side: Side; transaction: string }
  /** Locked funds came out. */
  | { kind: 'spent'; side: Side; by: 'claim' | 'refund'; transaction: string }
  /** A reorganisation took the lock back. */
  | { kind: 'unlocked'; side: Side }
  | { kind: 'removed' }

/** What happens at one instant. */
export interface Step {
  /** Story time since the intent was submitted, milliseconds. */
  afterMs: number
  deeds: readonly Deed[]
}

/** Writes steps one after the other. */
export interface Script {
  readonly steps: readonly Step[]
  /** Story time that the script has reached, milliseconds since submission. */
  readonly nowMs: number
  wait: (durationMs: number) => void
  /** Moves on to an instant, unless that has passed. */
  waitUntil: (afterMs: number) => void
  add: (...deeds: Deed[]) => void
}

/** A script of which nothing is written yet. */
export function createScript(): Script {
  const steps: Step[] = []
  let nowMs = 0
  return {
    steps,
    get nowMs() {
      return nowMs
    },
    wait: (durationMs) => {
      nowMs += Math.max(0, Math.round(durationMs))
    },
    waitUntil: (afterMs) => {
      nowMs = Math.max(nowMs, Math.round(afterMs))
    },
    add: (...deeds) => {
      steps.push({ afterMs: nowMs, deeds })
    },
  }
}
