import type { IntentFact } from '../../../shared/intent/fact.ts'

/** A fact about an intent; what is not given says nothing. */
export function intentFact(
  given: Pick<IntentFact, 'kind' | 'aliases' | 'key'> & Partial<IntentFact>,
): IntentFact {
  return {
    about: 'intent',
    mentions: [],
    atMs: null,
    emittedAtMs: null,
    claim: null,
    learned: {},
    flags: [],
    ...given,
  }
}
