import type { Clock } from './clock.ts'

/** Asks the other end for a sign of life at an interval and measures how long the answer takes. */
export interface Heartbeat {
  /** The answer came; the round trip in milliseconds, or null when nothing was asked. */
  answered: () => number | null
  stop: () => void
}

/** Calls `ask` at once and then every `intervalMs`. A question left open is measured from when it was first asked. */
export function beat(clock: Clock, intervalMs: number, ask: () => void): Heartbeat {
  let askedAtMs: number | null = null
  let cancel = (): void => undefined
  let isStopped = false
  const next = (): void => {
    askedAtMs ??= clock.nowMs()
    ask()
    if (!isStopped) cancel = clock.after(intervalMs, next)
  }
  next()
  return {
    answered: () => {
      const tookMs = askedAtMs === null ? null : Math.max(0, clock.nowMs() - askedAtMs)
      askedAtMs = null
      return tookMs
    },
    stop: () => {
      isStopped = true
      cancel()
    },
  }
}
