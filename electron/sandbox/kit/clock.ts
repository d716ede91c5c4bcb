/** Time and timers of the sandbox. */
export interface SandboxClock {
  /** Whether it has yet to catch up: what happens now is long past. */
  readonly isLate?: boolean
  /** Epoch milliseconds. */
  nowMs: () => number
  /** Calls back once after a delay; answers the way to call it off. */
  after: (delayMs: number, callback: () => void) => () => void
}

/** A clock that stands still until told. */
export interface SettableClock extends SandboxClock {
  /** Lets time pass: what falls due is called back in order, each at its own instant. */
  advanceBy: (durationMs: number) => void
  /** Corrects the time of day, as a machine's clock may be, without letting time pass for timers. */
  setTo: (atMs: number) => void
}

/** Longest delay that Node's timer can hold; a longer one would fire after 1 ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The machine's clock. A delay beyond 24 days is called back after 24 days. */
export const realClock: SandboxClock = {
  nowMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), LONGEST_TIMER_MS))
    return () => {
      clearTimeout(timer)
    }
  },
}

interface Waiting {
  dueMs: number
  callback: () => void
}

/** A clock for tests, standing at `startMs` (epoch milliseconds). */
export function settableClock(startMs: number): SettableClock {
  let passedMs = 0
  let correctionMs = 0
  const waiting = new Set<Waiting>()

  const nextUntil = (limitMs: number): Waiting | undefined => {
    let next: Waiting | undefined
    for (const one of waiting) if (one.dueMs <= limitMs && (!next || one.dueMs < next.dueMs)) next = one
    return next
  }

  return {
    nowMs: () => startMs + passedMs + correctionMs,
    after: (delayMs, callback) => {
      const one = { dueMs: passedMs + Math.max(0, delayMs), callback }
      waiting.add(one)
      return () => void waiting.delete(one)
    },
    advanceBy: (durationMs) => {
      const untilMs = passedMs + durationMs
      for (let due = nextUntil(untilMs); due; due = nextUntil(untilMs)) {
        waiting.delete(due)
        passedMs = due.dueMs
        due.callback()
      }
      passedMs = untilMs
    },
    setTo: (atMs) => {
      correctionMs = atMs - startMs - passedMs
    },
  }
}
