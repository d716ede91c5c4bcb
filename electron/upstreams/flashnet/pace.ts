import type { Clock } from '../kit/clock.ts'
import { isOverWord } from './vocabulary.ts'

// The gateway documents no limits; its own SDK asks every 1.5 s and gives up after 5 min.
/** While something may happen any moment, milliseconds. */
const QUICK_MS = 1_500

/** Later, and for a word that nobody has described, milliseconds. */
const LATER_MS = 10_000

/** For what has waited for an hour, or is not known to the gateway, milliseconds. */
const SLOW_MS = 30_000

/** How long after its creation a submission is young, milliseconds: as long as the SDK watches it. */
const YOUNG_MS = 5 * 60_000

/** From when on it is old, milliseconds: four times the default deadline. */
const OLD_MS = 60 * 60_000

/** How near its deadline a submission is watched closely again, milliseconds, before and after. */
const NEAR_DEADLINE_MS = 2 * 60_000

/** Most readings a second over all submissions: a server without a documented limit is not to be leant on. */
const MOST_PER_SECOND = 20

/** What is known of a submission when it was read. */
export interface Standing {
  status: string
  createdAtMs: number | null
  deadlineAtMs: number | null
  /** How many submissions are followed. */
  followedCount: number
}

/** When to read it next, epoch milliseconds; null when the gateway has spoken its last word. */
export function nextReadingMs(
  standing: Standing,
  { nowMs }: Pick<Clock, 'nowMs'>,
  random: () => number,
): number | null {
  if (isOverWord(standing.status)) return null
  const least = (standing.followedCount / MOST_PER_SECOND) * 1_000
  // A tenth more or less, so that what was begun together does not stay together.
  return nowMs() + Math.round(Math.max(least, waitOf(standing, nowMs())) * (0.9 + 0.2 * random()))
}

/** When to ask again for a submission that the gateway does not know, epoch milliseconds: it may still be submitted. */
export function nextLookMs({ nowMs }: Pick<Clock, 'nowMs'>): number {
  return nowMs() + SLOW_MS
}

function waitOf({ status, createdAtMs, deadlineAtMs }: Standing, nowMs: number): number {
  if (status.toUpperCase() === 'INCLUDED_PENDING_FINALITY') return QUICK_MS
  if (deadlineAtMs !== null && Math.abs(deadlineAtMs - nowMs) < NEAR_DEADLINE_MS) return QUICK_MS
  const ageMs = createdAtMs === null ? YOUNG_MS : nowMs - createdAtMs
  if (ageMs < YOUNG_MS) return QUICK_MS
  return ageMs < OLD_MS ? LATER_MS : SLOW_MS
}
