import type { Fact, IntentFact, Learned } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { lossyNumbers } from '../kit/drift.ts'
import { factKey } from '../kit/factKey.ts'
import { isSaid, shapeBy, unknownFields, type JsonObject } from '../kit/shape.ts'
import { chainOf } from '../kit/wireValues.ts'
import { orderFact } from './facts.ts'
import { amountText } from './amounts.ts'
import { hashlockParts } from './hashlock.ts'
import { mentionsOf, orderSaid, SOLANA } from './order.ts'
import { secretFacts } from './secrets.ts'
import { fusionPlusClaim } from './vocabulary.ts'
import { orderCreated, orderNamed } from './wire.ts'

const CREATED_FIELDS: ReadonlySet<string> = new Set(Object.keys(orderCreated.shape))
const NAMED_FIELDS: ReadonlySet<string> = new Set(Object.keys(orderNamed.shape))

/** What the timeline calls the events that name an order. None but the cancellation claims a status: they prompt a reading. */
const NAMED: Record<string, string> = {
  order_invalid: 'invalidated',
  order_balance_change: 'balanceChanged',
  order_allowance_change: 'allowanceChanged',
  order_filled: 'filled',
  order_filled_partially: 'filledPartially',
  order_cancelled: 'cancelled',
}

/** What an event of the socket means. */
export function eventFacts(event: RawEvent, result: JsonObject): Fact[] {
  if (event.kind === 'order_created') return createdFacts(event, result)
  if (event.kind === 'secret_shared') return secretFacts(event, result, { isPushed: true })
  const kind = Object.hasOwn(NAMED, event.kind) ? NAMED[event.kind] : undefined
  return kind === undefined ? undescribedFacts(event, result) : namedFacts(event, result, kind)
}

function createdFacts(event: RawEvent, result: JsonObject): Fact[] {
  const { value, problems } = shapeBy(orderCreated, result, ['orderHash'])
  if (value === null) return problems
  const { orderHash, quoteId } = value
  const route = { from: chainOf(value.srcChainId), to: chainOf(value.dstChainId) }
  const said = orderSaid(value.order, route, null)
  const learned: Learned = {
    ...said.learned,
    source: { ...said.learned.source, ...(route.from === null ? {} : { chainId: route.from }) },
    destination: { ...said.learned.destination, ...(route.to === null ? {} : { chainId: route.to }) },
    parts: { ...said.learned.parts, ...hashlockParts(value) },
  }
  if (isSaid(quoteId)) learned.details = { quote: quoteId }
  if (route.from === SOLANA) learned.fundsLocked = { atMs: null }
  const fact = orderFact({
    orderHash,
    kind: 'received',
    claim: fusionPlusClaim('pending', 'open'),
    learned,
    mentions: [...said.mentions, ...mentionsOf({ quote: quoteId })],
    key: factKey('created', [orderHash, learned]),
  })
  return finished(
    fact,
    [...problems, ...said.problems],
    [...unknownFields(event.kind, result, CREATED_FIELDS)],
  )
}

function namedFacts(event: RawEvent, result: JsonObject, kind: string): Fact[] {
  const { value, problems } = shapeBy(orderNamed, result, ['orderHash'])
  if (value === null) return problems
  const { orderHash, remainingMakerAmount, balance, allowance } = value
  const amounts = { remainingMakerAmount, balance, allowance }
  const details = {
    ...amountText('remaining maker amount', remainingMakerAmount),
    ...amountText('maker balance', balance),
    ...amountText('maker allowance', allowance),
  }
  const learned: Learned = Object.keys(details).length === 0 ? {} : { details }
  // Balances go up and down, and an order may become invalid more than once: each time counts. The rest happens once.
  const isRecurrent = event.isSample
  const fact = orderFact({
    orderHash,
    kind,
    claim: kind === 'cancelled' ? fusionPlusClaim('cancelled', 'open') : null,
    learned,
    key: factKey(kind, [orderHash, amounts, isRecurrent ? event.receivedAtMs : null]),
  })
  const drift = [...unknownFields(event.kind, result, NAMED_FIELDS), ...lossyNumbers(event.kind, amounts)]
  return finished(fact, problems, drift)
}

/** An event that the contract does not describe: counted, and kept on the timeline of the order that it names. */
function undescribedFacts(event: RawEvent, result: JsonObject): Fact[] {
  const facts: Fact[] = [
    { about: 'drift', kind: 'unknown-event', where: 'event', what: event.kind.slice(0, 200) },
  ]
  const { value } = shapeBy(orderNamed.pick({ orderHash: true }), result, ['orderHash'])
  if (value === null) return facts
  const key = factKey('undescribed', [event.kind, event.payload, event.receivedAtMs])
  return [...facts, orderFact({ orderHash: value.orderHash, kind: 'undescribedEventReceived', key })]
}

function finished(fact: IntentFact, problems: readonly Fact[], drift: readonly Fact[]): Fact[] {
  if (problems.length > 0) fact.flags.push('quarantined')
  return [fact, ...problems, ...drift]
}
