import type { Clock } from './clock.ts'

/** Upper bound of the first delay: quick enough that nobody notices, slow enough for a restarting server. */
const FIRST_DELAY_MS = 1_000

/** Shortest delay ever: a server that closes at once is asked at most twice a second. */
const SHORTEST_DELAY_MS = 500

/** Upper bound of all delays: a person who waits for a server should not wait longer than this for the console. */
const LONGEST_DELAY_MS = 30_000

/** A connection that lived this long was healthy; before that, connecting proves nothing. */
const HEALTHY_AFTER_MS = 30_000

/** Counts attempts and says how long to wait before the next one. */
export interface Backoff {
  /** Attempts begun since the connection was last healthy. */
  attempt: () => number
  /** An attempt begins. */
  begun: () => void
  /** It is connected: after 30 s of that the count starts anew. */
  opened: () => void
  /** It is down, from whatever state: the delay before the next attempt, milliseconds. */
  closed: () => number
  /** Nothing is left running. */
  stop: () => void
}

/** Upper bound of the delay after an attempt that failed, counted from 1, milliseconds. */
export function longestDelayMs(attempt: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 16))
}

/** A delay after an attempt that failed, counted from 1: anywhere between half a second and its bound, milliseconds. */
export function jitteredDelayMs(attempt: number, random: () => number): number {
  return Math.round(SHORTEST_DELAY_MS + random() * (longestDelayMs(attempt) - SHORTEST_DELAY_MS))
}

/** Growing delays with full jitter between half a second and the bound of the attempt. */
export function createBackoff(clock: Clock, random: () => number): Backoff {
  let attempt = 0
  let cancelReset = (): void => undefined
  return {
    attempt: () => attempt,
    begun: () => {
      attempt += 1
    },
    opened: () => {
      cancelReset()
      cancelReset = clock.after(HEALTHY_AFTER_MS, () => {
        attempt = 0
      })
    },
    closed: () => {
      cancelReset()
      return jitteredDelayMs(Math.max(1, attempt), random)
    },
    stop: () => {
      cancelReset()
    },
  }
}
