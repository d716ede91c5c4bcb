import type { Deadline } from '../../../shared/intent/deadline.ts'
import type { Fact, Learned } from '../../../shared/intent/fact.ts'
import { claimOf } from '../../../shared/intent/vocabulary.ts'
import { lossyNumbers, strangeTimes } from '../kit/drift.ts'
import { factKey } from '../kit/factKey.ts'
import { intentFact } from '../kit/intentFact.ts'
import { isSaid, shapeBy, unknownFields, type JsonObject } from '../kit/shape.ts'
import { digitsOf, instantOf, textsOf } from '../kit/wireValues.ts'
import { aliasesOf, legOf, mentionsOf } from './learn.ts'
import { oneinchFusionVocabulary } from './vocabulary.ts'
import { activeOrder, orderChange, type ActiveOrder, type LimitOrder } from './wire.ts'

const ACTIVE_FIELDS: ReadonlySet<string> = new Set(Object.keys(activeOrder.shape))
const CHANGE_FIELDS: ReadonlySet<string> = new Set(Object.keys(orderChange.shape))

/** Where a piece of an event was said, and on which chain. */
export interface Place {
  /** For drift: the event's name or the reading's. */
  where: string
  /** Null when the feed does not name one. */
  chainId: number | null
  /** Our clock, epoch milliseconds. */
  receivedAtMs: number
}

/**
 * What `order_created` and an order of a listing mean: the order is on offer. It says so once, whichever tells it first: a
 * listing is a moment old when it arrives, and must not take back what was heard since. Only readings claim `pending` anew.
 */
export function activeFacts(frame: JsonObject, place: Place): Fact[] {
  const { value, problems } = shapeBy(activeOrder, frame, ['orderHash'])
  if (value === null) return problems
  const { where } = place
  const { deadline, auctionStartDate, auctionEndDate, remainingMakerAmount, order } = value
  const received = intentFact({
    kind: 'received',
    aliases: aliasesOf(value.orderHash),
    mentions: mentionsOf([...signedNames(order), ['maker', value.maker], ['quote', value.quoteId]]),
    claim: claimOf(oneinchFusionVocabulary, 'pending'),
    learned: learnedOfActive(value, place),
    flags: problems.length > 0 ? ['quarantined'] : [],
    key: factKey('received', value.orderHash.toLowerCase()),
  })
  const isTouched = isSaid(remainingMakerAmount) && !isSameAmount(remainingMakerAmount, order?.makingAmount)
  return [
    received,
    ...(isTouched ? [remainingFact(value.orderHash, digitsOf(remainingMakerAmount) ?? '')] : []),
    ...problems,
    ...unknownFields(where, frame, ACTIVE_FIELDS),
    ...strangeTimes(where, { deadline, auctionStartDate, auctionEndDate }),
    ...lossyNumbers(where, {
      remainingMakerAmount,
      makingAmount: order?.makingAmount,
      takingAmount: order?.takingAmount,
    }),
  ]
}

/** What an event about a known order means. */
export function changeFacts(event: string, frame: JsonObject, place: Place): Fact[] {
  const { value, problems } = shapeBy(orderChange, frame, ['orderHash'])
  if (value === null) return problems
  const { orderHash, remainingMakerAmount, balance, allowance } = value
  const aliases = aliasesOf(orderHash)
  const hash = orderHash.toLowerCase()
  const claimed = (kind: string): Fact[] => {
    const claim = claimOf(oneinchFusionVocabulary, kind)
    return [intentFact({ kind: 'statusClaimed', aliases, claim, key: factKey(kind, hash) })]
  }
  const rest = [
    ...problems,
    ...unknownFields(place.where, frame, CHANGE_FIELDS),
    ...lossyNumbers(place.where, { remainingMakerAmount, balance, allowance }),
  ]
  switch (event) {
    case 'order_filled':
      return [...claimed('filled'), ...rest]
    case 'order_cancelled':
      return [...claimed('cancelled'), ...rest]
    case 'order_filled_partially': {
      const remaining = digitsOf(remainingMakerAmount)
      if (remaining === null) return [...claimed('partially-filled'), ...rest]
      const fact = remainingFact(orderHash, remaining)
      return [{ ...fact, claim: claimOf(oneinchFusionVocabulary, 'partially-filled') }, ...rest]
    }
    case 'order_invalid': {
      // Not an end: a balance can return. What it comes to is read over REST.
      const key = factKey('invalid', [hash, place.receivedAtMs])
      return [intentFact({ kind: 'invalidated', aliases, key }), ...rest]
    }
    default: {
      const funding = textsOf({ balance, allowance, remainingMakerAmount })
      const parts = { funding: { now: { ...funding, readAtMs: String(place.receivedAtMs) } } }
      const key = factKey('funding', [hash, funding, place.receivedAtMs])
      return [intentFact({ kind: 'fundingChanged', aliases, learned: { parts }, key }), ...rest]
    }
  }
}

/** What the signed order says of both ends and its maker. */
export function learnedOfOrder(
  order: LimitOrder | null | undefined,
  chainId: number | null,
): Pick<Learned, 'maker' | 'source' | 'destination'> {
  if (!isSaid(order)) return {}
  const { maker, makerAsset, makingAmount, takerAsset, takingAmount } = order
  return {
    ...(isSaid(maker) ? { maker } : {}),
    source: legOf(chainId, { token: makerAsset, amount: makingAmount }),
    destination: legOf(chainId, { token: takerAsset, amount: takingAmount }),
  }
}

/** Whatever in the signed order the intent can be found by. */
export function signedNames(order: LimitOrder | null | undefined): [string, string | null | undefined][] {
  return [
    ['maker', order?.maker],
    ['recipient', order?.receiver],
    ['token', order?.makerAsset],
    ['token', order?.takerAsset],
  ]
}

/** The true maker where it is another than the one who signed: orders of the native asset are signed by a contract. */
export function trueMaker(
  maker: string | null | undefined,
  order: LimitOrder | null | undefined,
): Record<string, string> {
  const isOther = isSaid(maker) && isSaid(order?.maker) && maker.toLowerCase() !== order.maker.toLowerCase()
  return isOther ? { 'true maker': maker } : {}
}

function learnedOfActive(value: ActiveOrder, { chainId }: Place): Learned {
  const { order, deadline, auctionStartDate, auctionEndDate, version, quoteId, isMakerContract } = value
  const [startMs, endMs] = [instantOf(auctionStartDate), instantOf(auctionEndDate)]
  const deadlines = deadlinesOf({ intentDeadline: instantOf(deadline), auctionEnd: endMs })
  const auction = textsOf({ startMs, endMs })
  const maker = isSaid(order?.maker) ? {} : isSaid(value.maker) ? { maker: value.maker } : {}
  return {
    isAtomic: true,
    ...learnedOfOrder(order, chainId),
    ...maker,
    ...(deadlines.length === 0 ? {} : { deadlines }),
    details: {
      ...textsOf({ 'quote id': quoteId, version, 'maker is a contract': isMakerContract }),
      ...trueMaker(value.maker, order),
    },
    parts: Object.keys(auction).length === 0 ? {} : { auction: { curve: auction } },
  }
}

/** Deadlines by kind, those left out that were not said. */
export function deadlinesOf(instants: Record<string, number | null>): Deadline[] {
  return Object.entries(instants).flatMap(([kind, atMs]) => (atMs === null ? [] : [{ kind, atMs }]))
}

/** What is left of an order is absolute and never grows: said twice it is said once. */
function remainingFact(orderHash: string, remaining: string): ReturnType<typeof intentFact> {
  return intentFact({
    kind: 'partlyFilled',
    aliases: aliasesOf(orderHash),
    learned: { parts: { order: { rest: { remainingMakerAmount: remaining } } } },
    key: factKey('remaining', [orderHash.toLowerCase(), remaining]),
  })
}

function isSameAmount(one: unknown, other: unknown): boolean {
  const [a, b] = [digitsOf(one), digitsOf(other)]
  return a !== null && b !== null && BigInt(a) === BigInt(b)
}
