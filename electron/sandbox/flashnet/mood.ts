import type { Patience } from '../kit/patience.ts'

/** How the gateway is disposed; faults change it. */
export interface Mood extends Patience {
  /** Lets nobody in. */
  isRefusing: boolean
  /** Speaks as its first generation did: six words in lower case. */
  isOld: boolean
  /** Says that it is paused. */
  isPaused: boolean
  /** Its oracle confirms nothing. */
  isOracleDown: boolean
  /** How often its keys, and with them the deposit address, were changed. */
  rekeyCount: number
  /** Answers about one submission that are still to be garbled. */
  garbledCount: number
  /** Answers about one submission that are still to tell the word before. */
  backwardCount: number
}

/** Well disposed. */
export function calmMood(): Mood {
  return {
    isRefusing: false,
    isOld: false,
    isPaused: false,
    isOracleDown: false,
    rekeyCount: 0,
    tooManyUntilMs: 0,
    unavailableUntilMs: 0,
    garbledCount: 0,
    backwardCount: 0,
  }
}
