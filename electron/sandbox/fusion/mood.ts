/** How the server is disposed; faults change it. Instants are epoch milliseconds. */
export interface Mood {
  /** Answers every Socket.IO connection with `connect_error`. */
  isRefusing: boolean
  /** Until when REST answers 429; 0 when it does not. */
  tooManyUntilMs: number
  /** Until when REST answers 503; 0 when it does not. */
  unavailableUntilMs: number
  /** Midnight is enabled and yet not operational. */
  isMidnightOut: boolean
}

/** Well disposed. */
export function calmMood(): Mood {
  return { isRefusing: false, tooManyUntilMs: 0, unavailableUntilMs: 0, isMidnightOut: false }
}
