import type { SandboxClock } from './clock.ts'

/** A clock that begins in the past. */
export interface LateClock extends SandboxClock {
  /**
   * Lets the time pass at once that the other clock is ahead: what falls due is called back in order, each at its own instant. From
   * then on it goes with that clock.
   */
  catchUp: () => void
}

interface Waiting {
  dueMs: number
  callback: () => void
  callOff: () => void
}

/** A clock that stands at `startMs` (epoch milliseconds) until it catches up with the other one. */
export function lateClock(other: SandboxClock, startMs: number): LateClock {
  const waiting = new Set<Waiting>()
  let isLate = true
  let standsAtMs = startMs

  function next(): Waiting | null {
    let first: Waiting | null = null
    for (const one of waiting) if (first === null || one.dueMs < first.dueMs) first = one
    return first
  }

  return {
    get isLate() {
      return isLate
    },
    nowMs: () => (isLate ? standsAtMs : other.nowMs()),
    after: (delayMs, callback) => {
      if (!isLate) return other.after(delayMs, callback)
      const one: Waiting = {
        dueMs: standsAtMs + Math.max(0, delayMs),
        callback,
        callOff: () => void waiting.delete(one),
      }
      waiting.add(one)
      return () => {
        one.callOff()
      }
    },
    catchUp: () => {
      // Asked each time: the other goes on while this one catches up.
      for (let due = next(); due !== null && due.dueMs <= other.nowMs(); due = next()) {
        waiting.delete(due)
        standsAtMs = due.dueMs
        due.callback()
      }
      isLate = false
      for (const one of waiting) one.callOff = other.after(one.dueMs - other.nowMs(), one.callback)
      waiting.clear()
    },
  }
}
