import type { Patience } from '../kit/patience.ts'

/** How the server is disposed; faults change it. */
export interface Mood extends Patience {
  /** Lets nobody in. */
  isRefusing: boolean
  /** Knows no intent. */
  isForgetful: boolean
  /** Answers about one intent that are still to be garbled. */
  garbledCount: number
  /** Answers about one intent that are still to tell the word before. */
  backwardCount: number
  /** Approvals by Permit2 that are still to be refused, for a token that is not approved to it. */
  unpermittedCount: number
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
    unpermittedCount: 0,
  }
}
