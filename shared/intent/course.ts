import type { Intent } from './intent.ts'
import { wordOf, type StatusWord, type Vocabulary, type WordsOfStatus } from './vocabulary.ts'

/** Where an intent stands, more closely than its status word says, from an instant on and if nothing more is heard. */
export interface Situation extends WordsOfStatus {
  /** From when on it holds, epoch milliseconds. */
  fromMs: number
  /** Kind of the deadline of the intent by which the next actor must have acted; null when nothing limits it. */
  byKind: string | null
  /** When waiting in it stops being normal; null when it never does. */
  overdueAtMs: number | null
}

/** Situations that follow from what is known now, by time alone, oldest first; empty where the status word says it all. */
export type Course = readonly Situation[]

/** What of a situation a line in a list says. */
export type SituationInShort = Pick<Situation, 'fromMs' | 'label' | 'nextActor' | 'then' | 'byKind'>

/** The situation at an instant; null before the first and where there is none. */
export function situationAt<Known extends Pick<Situation, 'fromMs'>>(
  course: readonly Known[],
  nowMs: number,
): Known | null {
  return course.findLast(({ fromMs }) => fromMs <= nowMs) ?? null
}

/** When the first wait of a course stops being normal before the next situation begins; null when none does. */
export function overdueOnCourse(course: Course): number | null {
  for (const [at, { fromMs, overdueAtMs }] of course.entries()) {
    if (overdueAtMs === null) continue
    const sinceMs = Math.max(fromMs, overdueAtMs)
    if (sinceMs < (course[at + 1]?.fromMs ?? Infinity)) return sinceMs
  }
  return null
}

/** Since when an intent stands where it stands at an instant, epoch milliseconds: in its situation, else in its phase. */
export function standingSinceMs(
  course: readonly Pick<Situation, 'fromMs'>[] | undefined,
  phaseSinceMs: number,
  nowMs: number,
): number {
  return situationAt(course ?? [], nowMs)?.fromMs ?? phaseSinceMs
}

/** What the state of an intent means to a person at an instant: its situation, else its status word; null for neither. */
export function wordsAt(
  intent: Pick<Intent, 'status' | 'phase'> & { course?: Course },
  vocabulary: Vocabulary,
  nowMs: number,
): StatusWord | null {
  const situation = situationAt(intent.course ?? [], nowMs)
  if (situation === null) return wordOf(vocabulary, intent.status)
  const { status, phase } = intent
  const { fromMs, overdueAtMs, label, meaning, nextActor, then, tell } = situation
  const normalWaitMs = overdueAtMs === null ? null : Math.max(0, overdueAtMs - fromMs)
  return { status, phase, rank: 0, label, meaning, nextActor, then, tell, normalWaitMs }
}

/** What a line in a list says of where an intent stands at an instant; null where neither situation nor word is known. */
export function inShortAt(
  row: Pick<Intent, 'status'> & { situations: readonly SituationInShort[] },
  vocabulary: Vocabulary,
  nowMs: number,
): Omit<SituationInShort, 'fromMs'> | null {
  const situation = situationAt(row.situations, nowMs)
  if (situation !== null) return situation
  const word = wordOf(vocabulary, row.status)
  return word === null ? null : { ...word, byKind: null }
}
