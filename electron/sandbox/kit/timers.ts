import type { SandboxClock } from './clock.ts'

/** What is to be done later, forgotten together at the end. */
export interface Timers {
  after: (delayMs: number, callback: () => void) => void
  close: () => void
}

/** Nothing is to be done yet. */
export function createTimers(clock: SandboxClock): Timers {
  const waiting = new Set<() => void>()
  return {
    after: (delayMs, callback) => {
      const callOff = clock.after(delayMs, () => {
        waiting.delete(callOff)
        callback()
      })
      waiting.add(callOff)
    },
    close: () => {
      for (const callOff of waiting) callOff()
      waiting.clear()
    },
  }
}
