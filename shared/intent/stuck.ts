import type { Intent } from './intent.ts'
import { formatAgo, formatDuration } from './time.ts'
import { overdueOnCourse, standingSinceMs, wordsAt, type Course } from './course.ts'
import { wordOf, type Vocabulary } from './vocabulary.ts'

/** Why an intent needs a look: it waits longer than is normal for its status. */
export interface Stuck {
  /** `waiting-too-long`. */
  rule: string
  /** When it stopped being normal, epoch milliseconds. */
  sinceMs: number
  why: string
  nextActor: string
  then: string
}

/** What decides whether an intent waits too long. */
type Waiting = Pick<Intent, 'status' | 'phase' | 'isTerminal' | 'phaseSinceMs' | 'isRemoved'> & {
  /** Where it stands more closely; may be left out where nobody knows. */
  course?: Course
}

/** When the wait in the present state stops being normal; null when it never does. */
export function overdueAtMs(intent: Waiting, vocabulary: Vocabulary): number | null {
  if (intent.isTerminal || intent.isRemoved) return null
  if (intent.course !== undefined && intent.course.length > 0) return overdueOnCourse(intent.course)
  const wait = wordOf(vocabulary, intent.status)?.normalWaitMs ?? null
  return wait === null ? null : intent.phaseSinceMs + wait
}

/** The verdict at an instant; null while the wait is normal. It is normal up to, not at, the instant of `overdueAtMs`. */
export function stuckAt(intent: Waiting, vocabulary: Vocabulary, nowMs: number): Stuck | null {
  const sinceMs = overdueAtMs(intent, vocabulary)
  const word = wordsAt(intent, vocabulary, nowMs)
  if (sinceMs === null || nowMs < sinceMs || word === null) return null
  return {
    rule: 'waiting-too-long',
    sinceMs,
    why: waitedWords(
      word.label,
      { sinceMs: standingSinceMs(intent.course, intent.phaseSinceMs, nowMs), overdueAtMs: sinceMs },
      nowMs,
    ),
    nextActor: word.nextActor,
    then: word.then,
  }
}

/** How long an intent has waited and how long would be normal; where no wait at all is, since when it should have moved on. */
export function waitedWords(
  label: string,
  { sinceMs, overdueAtMs }: { sinceMs: number; overdueAtMs: number },
  nowMs: number,
): string {
  if (overdueAtMs <= sinceMs) {
    return `${label}; it should have moved on ${formatAgo(overdueAtMs, nowMs)}.`
  }
  const waited = formatDuration(Math.max(0, nowMs - sinceMs))
  const normal = formatDuration(overdueAtMs - sinceMs)
  return `${label} for ${waited}; up to ${normal} is normal.`
}
