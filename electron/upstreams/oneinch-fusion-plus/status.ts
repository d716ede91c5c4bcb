import type { DriftFact, Fact, Learned, Parts } from '../../../shared/intent/fact.ts'
import { isTerminalPhase } from '../../../shared/intent/phase.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { lossyNumbers, unknownWord } from '../kit/drift.ts'
import { factKey } from '../kit/factKey.ts'
import { isSaid, shapeBy, unknownFields, type JsonObject } from '../kit/shape.ts'
import { chainOf, instantOf } from '../kit/wireValues.ts'
import { amountOf, amountText } from './amounts.ts'
import { fillsSaid, phaseByFills, releasedBy } from './escrows.ts'
import { bothLearned, orderFact } from './facts.ts'
import { evidenceOf, type Fill } from './fills.ts'
import { hashlockParts } from './hashlock.ts'
import { auctionLearned, mentionsOf, orderSaid, SOLANA, timelocksPart, type Route } from './order.ts'
import { fusionPlusClaim } from './vocabulary.ts'
import { orderStatus, VALIDATIONS, type OrderStatusReading } from './wire.ts'

const STATUS_FIELDS: ReadonlySet<string> = new Set(Object.keys(orderStatus.shape))

/**
 * What the status of one order means. Its claim has our time, since the answer has none: of two answers the newer is
 * believed. What happened to its escrows has the time of its blocks.
 */
export function statusFacts(event: RawEvent, body: JsonObject, requestedId: string): Fact[] {
  const { value, problems } = shapeBy(orderStatus, body, ['orderHash', 'status'])
  if (value === null) return problems
  const orderHash = value.orderHash ?? requestedId
  const route = { from: chainOf(value.srcChainId), to: chainOf(value.dstChainId) }
  const order = orderSaid(value.order, route, value.takerAsset ?? null)
  const base = bothLearned(order.learned, ownLearned(value, route))
  const auction = auctionLearned(
    order.auction ?? {
      startMs: instantOf(value.auctionStartDate),
      durationSec: isSaid(value.auctionDuration) ? Number(value.auctionDuration) : null,
      initialRateBump: value.initialRateBump ?? null,
      points: value.points,
    },
  )
  const parts: Parts = { ...base.parts, ...auction.parts, ...hashlockParts(value) }
  const said = fillsSaid(value.fills ?? [], { orderHash, route, parts })
  const learned = bothLearned({ ...base, parts }, bothLearned({ deadlines: auction.deadlines }, said.learned))
  deadlineInto(learned, value)
  const { status } = value
  const claim = isSaid(status) ? fusionPlusClaim(status, phaseByFills(said.fills)) : null
  const isOver = claim !== null && isTerminalPhase(claim.phase)
  Object.assign(learned, moneyOf({ value, route, fills: said.fills, isOver }))
  const fact = orderFact({
    orderHash,
    kind: claim === null ? 'detailLearned' : 'statusClaimed',
    claim,
    learned,
    mentions: [
      ...order.mentions,
      ...mentionsOf({
        maker: value.maker,
        quote: value.quoteId,
        token: value.takerAsset,
        transaction: [value.cancelTx, value.createTxSignature],
      }),
    ],
    key: factKey('status', [orderHash, event.receivedAtMs, claim, learned]),
  })
  if (orderHash !== requestedId && requestedId !== '')
    fact.aliases.push({ kind: 'orderHash', value: requestedId })
  if (claim?.rank === null) fact.flags.push('unknown-status')
  const found = [...problems, ...order.problems]
  if (found.length > 0) fact.flags.push('quarantined')
  return [fact, ...said.facts, ...found, ...driftOf(body, value)]
}

function ownLearned(value: OrderStatusReading, route: Route): Learned {
  const { takerAsset, makerAsset, makerAmount, minTakerAmount, cancelTx, createTxSignature } = value
  const learned: Learned = {
    source: {
      ...(route.from === null ? {} : { chainId: route.from }),
      ...(isSaid(makerAsset) ? { token: makerAsset } : {}),
      ...(isSaid(makerAmount) ? { amount: amountOf(makerAmount, route.from, makerAsset ?? null) } : {}),
    },
    destination: {
      ...(route.to === null ? {} : { chainId: route.to }),
      ...(isSaid(takerAsset) ? { token: takerAsset } : {}),
      ...(isSaid(minTakerAmount) ? { amount: amountOf(minTakerAmount, route.to, takerAsset ?? null) } : {}),
    },
    details: detailsOf(value),
  }
  if (isSaid(value.maker)) learned.maker = value.maker
  const createdAtMs = instantOf(value.createdAt)
  if (createdAtMs !== null) learned.createdAtMs = createdAtMs
  const timelocks = timelocksPart(value.timeLocks)
  if (timelocks !== null) learned.parts = { timelocks }
  const named = [
    { label: 'cancellation', hash: cancelTx },
    { label: 'creation', hash: createTxSignature },
  ]
  const transactions = named.flatMap(({ label, hash }) =>
    isSaid(hash) ? [{ label, chainId: route.from, hash }] : [],
  )
  if (transactions.length > 0) learned.transactions = transactions
  return learned
}

function detailsOf(value: OrderStatusReading): Record<string, string> {
  const texts = {
    validation: value.validation,
    quote: value.quoteId,
    recipient: value.receiver,
    'source token in USD': value.srcTokenPriceUsd,
    'destination token in USD': value.dstTokenPriceUsd,
    'cancelable by resolvers': isSaid(value.cancelable) ? (value.cancelable ? 'yes' : 'no') : null,
  }
  const said = Object.entries(texts).filter(([, text]) => isSaid(text) && text !== '')
  return {
    ...Object.fromEntries(said.map(([label, text]) => [label, String(text)])),
    ...amountText('approximate taking amount', value.approximateTakingAmount),
    ...amountText('positive surplus', value.positiveSurplus),
    ...amountText('remaining maker amount', value.remainingMakerAmount),
  }
}

function deadlineInto(learned: Learned, { deadline }: OrderStatusReading): void {
  const atMs = instantOf(deadline)
  if (atMs !== null) learned.deadlines = [...(learned.deadlines ?? []), { kind: 'intentDeadline', atMs }]
}

/**
 * Whether funds came out, on evidence only; never while another fill may still lock more. At Solana the order itself holds
 * the funds from its creation on.
 */
function moneyOf(of: {
  value: OrderStatusReading
  route: Route
  fills: readonly Fill[]
  isOver: boolean
}): Pick<Learned, 'fundsLocked' | 'fundsReleased'> {
  const { value, route, fills, isOver } = of
  const isAtSolana = route.from === SOLANA
  const isLocked = isAtSolana || fills.some((fill) => evidenceOf(fill) !== 'unlocked')
  if (!isLocked) return {}
  const lockedMs = isAtSolana ? instantOf(value.createdAt) : null
  const locked = isAtSolana ? { fundsLocked: { atMs: lockedMs } } : {}
  const isGivenBack =
    isAtSolana && value.status === 'cancelled' && isSaid(value.cancelTx) && fills.length === 0
  const released = isGivenBack ? { atMs: null } : isOver ? releasedBy(fills) : undefined
  return released === undefined ? locked : { ...locked, fundsReleased: released }
}

function driftOf(body: JsonObject, value: OrderStatusReading): DriftFact[] {
  const drift = unknownFields('order status', body, STATUS_FIELDS)
  const { status, validation } = value
  if (isSaid(status) && fusionPlusClaim(status, 'open').rank === null)
    drift.push(unknownWord('order status.status', status))
  if (isSaid(validation) && !VALIDATIONS.has(validation))
    drift.push(unknownWord('order status.validation', validation))
  const { approximateTakingAmount, positiveSurplus, makerAmount, minTakerAmount } = value
  return [
    ...drift,
    ...lossyNumbers('order status', {
      approximateTakingAmount,
      positiveSurplus,
      makerAmount,
      minTakerAmount,
    }),
  ]
}
