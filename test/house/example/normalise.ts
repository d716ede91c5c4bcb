import { factKey } from '../../../electron/upstreams/kit/factKey.ts'
import type { Fact, Learned } from '../../../shared/intent/fact.ts'
import { claimOf } from '../../../shared/intent/vocabulary.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { exampleVocabulary } from './vocabulary.ts'
import { orderReading } from './wire.ts'

/** What a reading of an order means. */
export function normalise(event: RawEvent): Fact[] {
  const read = orderReading.safeParse(JSON.parse(event.payload))
  if (!read.success) {
    const [issue] = read.error.issues
    const path = ['$', ...(issue?.path.map(String) ?? [])].join('.')
    return [{ about: 'quarantine', path, reason: issue?.message ?? 'It is no order.' }]
  }
  const { id, state, changedAt, auction } = read.data
  const learned: Learned = {}
  if (auction !== undefined) {
    learned.deadlines = [{ kind: 'auctionEnd', atMs: auction.endsAt }]
    learned.parts = {
      auction: { price: { from: auction.from, to: auction.to, startsAtMs: String(changedAt) } },
    }
  }
  const claim = claimOf(exampleVocabulary, state)
  return [
    {
      about: 'intent',
      kind: 'statusClaimed',
      aliases: [{ kind: 'orderId', value: id }],
      mentions: [],
      atMs: changedAt,
      emittedAtMs: null,
      claim,
      learned,
      flags: claim.rank === null ? ['unknown-status'] : [],
      key: factKey('order', [id, state, changedAt]),
    },
  ]
}
