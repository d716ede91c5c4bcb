import type { Course } from '../../shared/intent/course.ts'
import type { Fact } from '../../shared/intent/fact.ts'
import type { Intent } from '../../shared/intent/intent.ts'
import type { Panel } from '../../shared/intent/panel.ts'
import type { Vocabulary } from '../../shared/intent/vocabulary.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'

/** What the store must be given to read meaning, since it knows no system itself. Pure functions. */
export interface Register {
  /** What a raw event of a system means. */
  normalise: (event: RawEvent) => Fact[]
  /** How a system speaks; null for a system that this console does not know. */
  vocabularyOf: (system: string) => Vocabulary | null
  /** What a system shows of an intent of its own beside what all share; none when absent. */
  panelsOf?: (intent: Intent) => Panel[]
  /** Where an intent stands more closely than its status word says; nowhere when absent. */
  courseOf?: (intent: Intent) => Course
}

/** The vocabulary of a system that nobody knows. */
export const NO_VOCABULARY: Vocabulary = { words: [], stages: [], chains: {} }
