/** How the server is disposed; faults change it. Instants are epoch milliseconds. */
export interface Mood {
  /** Lets nobody in. */
  isRefusing: boolean
  /** Knows no intent. */
  isForgetful: boolean
  /** Until when everything is answered with 429; 0 when it is not. */
  tooManyUntilMs: number
  /** Until when everything is answered with 503; 0 when it is not. */
  unavailableUntilMs: number
  /** Answers about one intent that are still to be garbled. */
  garbledCount: number
  /** Answers about one intent that are still to tell the word before. */
  backwardCount: number
}

/** Well disposed. */
export function calmMood(): Mood {
  return {
    isRefusing: false,
    isForgetful: false,
    tooManyUntilMs: 0,
    unavailableUntilMs: 0,
    garbledCount: 0,
    backwardCount: 0,
  }
}
