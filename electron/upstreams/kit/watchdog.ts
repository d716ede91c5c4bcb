import type { Clock } from './clock.ts'

/** Notices silence. Measured on what is received: what we send proves nothing about the other end. */
export interface Watchdog {
  /** Something was received. */
  fed: () => void
  stop: () => void
}

/**
 * Calls `onSilent` once nothing was received for `limitMs`, and again after each further silence of that length that
 * follows traffic. One timer, re-armed only when it fires, so that feeding costs nothing.
 */
export function watchFor(clock: Clock, limitMs: number, onSilent: () => void): Watchdog {
  let fedAtMs = clock.nowMs()
  let cancel = clock.after(limitMs, look)
  let isSilent = false
  let isStopped = false

  function look(): void {
    // A clock that was set back makes the silence negative: it is counted from now then.
    const silentMs = clock.nowMs() - fedAtMs
    if (silentMs < 0) fedAtMs = clock.nowMs()
    if (silentMs >= limitMs && !isSilent) {
      isSilent = true
      onSilent()
    }
    if (!isStopped)
      cancel = clock.after(isSilent ? limitMs : Math.max(1, limitMs - Math.max(0, silentMs)), look)
  }

  return {
    fed: () => {
      fedAtMs = clock.nowMs()
      isSilent = false
    },
    stop: () => {
      isStopped = true
      cancel()
    },
  }
}
