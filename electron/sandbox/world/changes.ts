import type { SandboxClock } from '../kit/clock.ts'
import type { Turn } from '../kit/lives.ts'
import type { Stage, WorldIntent } from './intent.ts'
import { perform } from './perform.ts'
import type { Register } from './register.ts'
import type { Deed, Step } from './step.ts'

/** Something happened to one intent. */
export interface WorldChange {
  /** As it stands after the change. Read it at once: it goes on changing. */
  intent: WorldIntent
  /** What was done at this instant; empty when the intent was submitted. */
  deeds: readonly Deed[]
  before: { stage: Stage; proof: WorldIntent['proof'] } | null
  /** When it happened in the story, epoch milliseconds. */
  atMs: number
}

/** What happens in a story, done to its intents and told to whoever listens. */
export interface Changes {
  /** Does something to an intent now that its life does not hold, and tells it as a change. */
  act: (intent: WorldIntent, ...deeds: Deed[]) => void
  /** Puts one more block on top of what an intent waits for, with a later time, and tells it as a change. */
  touch: (intent: WorldIntent) => void
  /** A step of a life as a turn of it. */
  turnOf: (step: Step) => Turn<WorldIntent>
  /** Tells that an intent was submitted. */
  born: (intent: WorldIntent) => void
  /** Calls back after each change; answers the way to stop it. */
  onChange: (listener: (change: WorldChange) => void) => () => void
  close: () => void
}

/** Changes that nobody listens to yet. */
export function createChanges({
  register,
  clock,
  rate,
}: {
  register: Register
  clock: SandboxClock
  rate: number
}): Changes {
  const listeners = new Set<(change: WorldChange) => void>()

  function tell(change: WorldChange): void {
    for (const listener of listeners) listener(change)
  }

  function change(intent: WorldIntent, deeds: readonly Deed[], atMs: number): void {
    const before = { stage: intent.stage, proof: intent.proof }
    for (const deed of deeds) {
      perform(intent, deed, { atMs, rate })
      if (deed.kind === 'renamed') register.rename(intent)
    }
    tell({ intent, deeds, before, atMs })
  }

  /** No change is older than the one before it. */
  function nowFor({ updatedAtMs }: WorldIntent): number {
    return Math.max(clock.nowMs(), updatedAtMs + 1)
  }

  return {
    act: (intent, ...deeds) => {
      change(intent, deeds, nowFor(intent))
    },
    touch: (intent) => {
      const atMs = nowFor(intent)
      intent.confirmations += 1
      intent.updatedAtMs = atMs
      change(intent, [], atMs)
    },
    turnOf: ({ afterMs, deeds }) => ({
      afterMs,
      deed: (intent, atMs) => {
        change(intent, deeds, atMs)
      },
    }),
    born: (intent) => {
      tell({ intent, deeds: [], before: null, atMs: intent.createdAtMs })
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      listeners.clear()
    },
  }
}
