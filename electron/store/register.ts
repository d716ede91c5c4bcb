import type { Fact } from '../../shared/intent/fact.ts'
import type { Vocabulary } from '../../shared/intent/vocabulary.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'

/** What the store must be given to read meaning, since it knows no system itself. Pure functions. */
export interface Register {
  /** What a raw event of a system means. */
  normalise: (event: RawEvent) => Fact[]
  /** How a system speaks; null for a system that this console does not know. */
  vocabularyOf: (system: string) => Vocabulary | null
}

/** The vocabulary of a system that nobody knows. */
export const NO_VOCABULARY: Vocabulary = { words: [], stages: [], chains: {} }
