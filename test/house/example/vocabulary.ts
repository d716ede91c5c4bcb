import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'

/** A minute: what an order of the example takes when all is well. */
const WAIT_MS = 60_000

/** The example's two words. */
export const exampleVocabulary: Vocabulary = {
  words: [
    {
      status: 'bidding',
      phase: 'open',
      rank: 0,
      label: 'Bidding',
      meaning: 'Bidders may take the order.',
      nextActor: 'bidder',
      then: 'A bidder takes it, or nobody does and it ends.',
      tell: 'We are looking for the best price.',
      normalWaitMs: WAIT_MS,
    },
    {
      status: 'sold',
      phase: 'completed',
      rank: 1,
      label: 'Sold',
      meaning: 'A bidder took the order and paid.',
      nextActor: 'nobody',
      then: 'Nothing more happens.',
      tell: 'Your order is done.',
      normalWaitMs: null,
    },
  ],
  stages: [
    { label: 'Bidding', statuses: ['bidding'] },
    { label: 'Sold', statuses: ['sold'] },
  ],
  chains: {},
}
