import type { Clock } from '../electron/upstreams/kit/clock.ts'

/** A clock that moves only when told to. */
export interface SettableClock extends Clock {
  /** Moves forward, calling back everything that falls due on the way, in order. */
  advance: (byMs: number) => void
  /** Jumps without calling anything back, as a machine's clock does when it is set. */
  set: (nowMs: number) => void
  /** Timers that are waiting. */
  pending: () => number
}

/** Makes a clock that stands still at `startMs`. */
export function settableClock(startMs = 1_700_000_000_000): SettableClock {
  let nowMs = startMs
  let timers: { leftMs: number; callback: () => void }[] = []

  const after: Clock['after'] = (delayMs, callback) => {
    const timer = { leftMs: delayMs, callback }
    timers.push(timer)
    return () => {
      timers = timers.filter((other) => other !== timer)
    }
  }
  const step = (byMs: number): void => {
    nowMs += byMs
    for (const timer of timers) timer.leftMs -= byMs
    const due = timers.filter(({ leftMs }) => leftMs <= 0)
    timers = timers.filter(({ leftMs }) => leftMs > 0)
    for (const { callback } of due) callback()
  }

  return {
    nowMs: () => nowMs,
    after,
    sleep: (delayMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) {
          resolve()
          return
        }
        const cancel = after(delayMs, resolve)
        signal.addEventListener('abort', () => {
          cancel()
          resolve()
        })
      }),
    advance: (byMs) => {
      let leftMs = byMs
      while (leftMs > 0) {
        const next = Math.min(leftMs, ...timers.map((timer) => Math.max(0, timer.leftMs)))
        const stepMs = next > 0 ? next : leftMs
        step(stepMs)
        leftMs -= stepMs
      }
    },
    set: (toMs) => {
      nowMs = toMs
    },
    pending: () => timers.length,
  }
}
