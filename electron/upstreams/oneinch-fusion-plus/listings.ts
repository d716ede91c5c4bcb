import type { Deadline } from '../../../shared/intent/deadline.ts'
import type { Fact, Learned } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { lossyNumbers } from '../kit/drift.ts'
import { factKey } from '../kit/factKey.ts'
import {
  isJsonObject,
  isSaid,
  shapeBy,
  type JsonObject,
  under,
  unknownFields,
  wrongRoot,
} from '../kit/shape.ts'
import { chainOf, instantOf } from '../kit/wireValues.ts'
import { amountText } from './amounts.ts'
import { orderFact } from './facts.ts'
import { hashlockParts } from './hashlock.ts'
import { mentionsOf, orderSaid, SOLANA } from './order.ts'
import { fusionPlusClaim } from './vocabulary.ts'
import { activeOrder, publicAction, readyFill, readyOrder } from './wire.ts'

const ACTIVE_FIELDS: ReadonlySet<string> = new Set(Object.keys(activeOrder.shape))
const ACTION_FIELDS: ReadonlySet<string> = new Set(Object.keys(publicAction.shape))

/** Most items of one page that are read; the API sends up to 500. */
const MOST_ITEMS = 1_000

/** What each item of a list means; `$.body.items[3].…` is where something is wrong with it. */
export function itemFacts(list: unknown, path: string, read: (item: JsonObject) => Fact[]): Fact[] {
  if (!Array.isArray(list))
    return under(path, [{ about: 'quarantine', path: '$', reason: 'Expected a list, found something else.' }])
  return list
    .slice(0, MOST_ITEMS)
    .flatMap((item: unknown, at) =>
      under(`${path}[${at}]`, isJsonObject(item) ? read(item) : [wrongRoot(item)]),
    )
}

/**
 * What an active order means. One that lists fills claims nothing: how far they are, only its status tells, and a claim
 * from here would take it back.
 */
export function activeFacts(event: RawEvent, item: JsonObject): Fact[] {
  const { value, problems } = shapeBy(activeOrder, item, ['orderHash'])
  if (value === null) return problems
  const { orderHash, quoteId, remainingMakerAmount, makerBalance, makerAllowance } = value
  const route = { from: chainOf(value.srcChainId), to: chainOf(value.dstChainId) }
  const said = orderSaid(value.order, route, null)
  const learned: Learned = {
    ...said.learned,
    source: { ...said.learned.source, ...(route.from === null ? {} : { chainId: route.from }) },
    destination: { ...said.learned.destination, ...(route.to === null ? {} : { chainId: route.to }) },
    deadlines: activeDeadlines(value),
    parts: { ...said.learned.parts, ...hashlockParts(value) },
    details: {
      ...(isSaid(quoteId) ? { quote: quoteId } : {}),
      ...amountText('remaining maker amount', remainingMakerAmount),
      ...amountText('maker balance', makerBalance),
      ...amountText('maker allowance', makerAllowance),
    },
  }
  if (isSaid(value.maker)) learned.maker = value.maker
  if (route.from === SOLANA) learned.fundsLocked = { atMs: null }
  const hasFills = (value.fills ?? []).length > 0
  const fact = orderFact({
    orderHash,
    kind: 'listed',
    claim: hasFills ? null : fusionPlusClaim('pending', 'open'),
    learned,
    mentions: [...said.mentions, ...mentionsOf({ quote: quoteId, transaction: fillHashes(value.fills) })],
    key: factKey('listed', [orderHash, event.receivedAtMs, learned, hasFills]),
  })
  const found = [...problems, ...under('order', said.problems)]
  if (found.length > 0) fact.flags.push('quarantined')
  const amounts = { remainingMakerAmount, makerBalance, makerAllowance }
  return [
    fact,
    ...found,
    ...unknownFields('active order', item, ACTIVE_FIELDS),
    ...lossyNumbers('active order', amounts),
  ]
}

/** What it means that the relayer waits for secrets of an order. */
export function readyFacts(event: RawEvent, item: JsonObject): Fact[] {
  const { value, problems } = shapeBy(readyOrder, item, ['orderHash', 'fills'])
  if (value === null) return problems
  const ready: Record<string, Record<string, string>> = {}
  const found: Fact[] = [...problems]
  for (const [at, listed] of value.fills.entries()) {
    const fill = isJsonObject(listed) ? shapeBy(readyFill, listed, ['idx']) : null
    found.push(...under(`fills[${at}]`, fill === null ? [wrongRoot(listed)] : fill.problems))
    const source = fill?.value?.srcEscrowDeployTxHash
    if (!isSaid(fill?.value) || !isSaid(source)) continue
    const { idx, dstEscrowDeployTxHash } = fill.value
    ready[source.toLowerCase()] = {
      idx: String(idx),
      ...(isSaid(dstEscrowDeployTxHash) ? { destination: dstEscrowDeployTxHash } : {}),
    }
  }
  if (Object.keys(ready).length === 0) return found
  const { orderHash, makerAddress } = value
  const fact = orderFact({
    orderHash,
    kind: 'secretWanted',
    learned: { parts: { ready }, ...(isSaid(makerAddress) ? { maker: makerAddress } : {}) },
    mentions: mentionsOf({ maker: makerAddress }),
    // Asked for again and again, it is one thing that is wanted.
    key: factKey('secretWanted', [orderHash, ready]),
  })
  return [fact, ...found]
}

/** What any resolver may do now. */
export function publicActionFacts(event: RawEvent, item: JsonObject): Fact[] {
  const { value, problems } = shapeBy(publicAction, item, ['side', 'action', 'immutables'])
  if (value === null) return problems
  const { immutables, action, escrow } = value
  const side = value.side === 'src' ? 'source' : value.side === 'dst' ? 'destination' : value.side
  const { orderHash, taker, hashlock } = immutables
  const chainId = chainOf(value.chainId)
  const fields = {
    side,
    action,
    ...(isSaid(escrow) ? { escrow } : {}),
    ...(chainId === null ? {} : { chainId: String(chainId) }),
    ...(isSaid(hashlock) ? { hashlock } : {}),
  }
  const name = `${side} ${action} ${escrow ?? hashlock ?? ''}`.trim()
  const fact = orderFact({
    orderHash,
    kind: 'publicActionOffered',
    learned: { parts: { publicActions: { [name]: fields } }, ...(isSaid(taker) ? { solver: taker } : {}) },
    mentions: mentionsOf({ solver: taker, escrow, hashlock }),
    key: factKey('publicAction', [orderHash, name, fields]),
    ...(side === 'source' || side === 'destination' ? { side } : {}),
  })
  return [fact, ...problems, ...unknownFields('public action', item, ACTION_FIELDS)]
}

/** What it means that resolvers may cancel an expired order. */
export function cancelableFacts(event: RawEvent, item: JsonObject): Fact[] {
  const { value, problems } = shapeBy(activeOrder.pick({ orderHash: true, maker: true }), item, ['orderHash'])
  if (value === null) return problems
  const { orderHash, maker } = value
  const fact = orderFact({
    orderHash,
    kind: 'cancelableByResolvers',
    learned: { details: { 'cancelable by resolvers': 'yes' }, ...(isSaid(maker) ? { maker } : {}) },
    mentions: mentionsOf({ maker }),
    key: factKey('cancelable', [orderHash]),
  })
  return [fact, ...problems]
}

function activeDeadlines(value: {
  deadline?: unknown
  auctionEndDate?: unknown
  auctionStartDate?: unknown
}): Deadline[] {
  const named = [
    { kind: 'intentDeadline', atMs: instantOf(value.deadline) },
    { kind: 'auctionEnd', atMs: instantOf(value.auctionEndDate) },
  ]
  return named.flatMap(({ kind, atMs }) => (atMs === null ? [] : [{ kind, atMs }]))
}

function fillHashes(fills: readonly unknown[] | null | undefined): string[] {
  return (fills ?? []).flatMap((fill) => {
    const hash = isJsonObject(fill) ? fill['txHash'] : fill
    return typeof hash === 'string' ? [hash] : []
  })
}
