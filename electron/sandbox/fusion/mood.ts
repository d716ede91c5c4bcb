import type { Patience } from '../kit/patience.ts'

/** How the server is disposed; faults change it. */
export interface Mood extends Patience {
  /** Answers every Socket.IO connection with `connect_error`. */
  isRefusing: boolean
  /** Midnight is enabled and yet not operational. */
  isMidnightOut: boolean
}

/** Well disposed. */
export function calmMood(): Mood {
  return { isRefusing: false, tooManyUntilMs: 0, unavailableUntilMs: 0, isMidnightOut: false }
}
