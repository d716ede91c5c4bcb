import type { Leg } from '../../../shared/intent/amount.ts'
import type { Deadline } from '../../../shared/intent/deadline.ts'
import type { Fact, Learned, Parts } from '../../../shared/intent/fact.ts'
import type { Mention } from '../../../shared/intent/ids.ts'
import { isJsonObject, isSaid, shapeBy } from '../kit/shape.ts'
import { digitsOf, instantOf } from '../kit/wireValues.ts'
import { timelocksOf } from './timelocks.ts'
import { amountOf } from './amounts.ts'
import { auctionPoint, limitOrder, solanaOrder } from './wire.ts'

/** Solana's id among the chains of Fusion+; a maker's funds are locked there from the creation of the order on. */
export const SOLANA = 501

/** Most points of an auction that are drawn; documented auctions have fewer than ten. */
const MOST_POINTS = 200

/** Where an order goes. */
export interface Route {
  from: number | null
  to: number | null
}

/** What an order says of itself, and what could not be read of it. */
interface OrderSaid {
  learned: Learned
  mentions: Mention[]
  problems: Fact[]
  /** What stands beside the order where its source is Solana. */
  auction: AuctionSaid | null
}

/** An auction as an answer tells it. */
export interface AuctionSaid {
  startMs: number | null
  durationSec: number | null
  initialRateBump: number | null
  points: unknown
}

/** The maker's part of an order: a limit order where the source is an EVM chain, Solana's own form otherwise. */
export function orderSaid(order: unknown, route: Route, takerAsset: string | null): OrderSaid {
  if (!isJsonObject(order)) return { learned: {}, mentions: [], problems: [], auction: null }
  return 'orderInfo' in order ? solanaSaid(order, route) : limitSaid(order, route, takerAsset)
}

function limitSaid(order: Record<string, unknown>, route: Route, takerAsset: string | null): OrderSaid {
  const { value, problems } = shapeBy(limitOrder, order, ['maker', 'makerAsset', 'makingAmount'])
  if (value === null) return { learned: {}, mentions: [], problems, auction: null }
  const { maker, receiver, makerAsset, makingAmount, takingAmount } = value
  const learned: Learned = {
    maker,
    source: { token: makerAsset, amount: amountOf(makingAmount, route.from, makerAsset) },
    destination: destinationOf(takerAsset, takingAmount, route),
  }
  const isOther = isSaid(receiver) && !/^0x0*$/i.test(receiver)
  const mentions = mentionsOf({
    maker,
    recipient: isOther ? receiver : null,
    token: [makerAsset, takerAsset],
  })
  return { learned, mentions, problems, auction: null }
}

function solanaSaid(order: Record<string, unknown>, route: Route): OrderSaid {
  const { value, problems } = shapeBy(solanaOrder, order, ['orderInfo'])
  if (value === null) return { learned: {}, mentions: [], problems, auction: null }
  const { srcToken, dstToken, maker, receiver, srcAmount, minDstAmount } = value.orderInfo
  const learned: Learned = {
    maker,
    source: { token: srcToken, amount: amountOf(srcAmount, route.from, srcToken) },
    destination: destinationOf(dstToken, minDstAmount, route),
  }
  const timelocks = timelocksPart(value.escrowParams?.timeLocks)
  if (timelocks !== null) learned.parts = { timelocks }
  const mentions = mentionsOf({ maker, recipient: receiver, token: [srcToken, dstToken] })
  const said = value.details?.auction ?? null
  if (said === null) return { learned, mentions, problems, auction: null }
  const auction = {
    startMs: instantOf(said.startTime),
    durationSec: Number(said.duration),
    initialRateBump: said.initialRateBump,
    points: said.points,
  }
  return { learned, mentions, problems, auction }
}

function destinationOf(token: string | null, amount: unknown, { to }: Route): Partial<Leg> {
  const leg: Partial<Leg> = {}
  if (token !== null) leg.token = token
  if (isSaid(amount)) leg.amount = amountOf(amount, to, token)
  return leg
}

/** Mentions of what was said, by kind. */
export function mentionsOf(
  named: Record<string, string | null | undefined | (string | null | undefined)[]>,
): Mention[] {
  return Object.entries(named).flatMap(([kind, said]) =>
    [said].flat().flatMap((value) => (isSaid(value) && value !== '' ? [{ kind, value }] : [])),
  )
}

/** The offsets of packed timelocks as fields of `parts`; null when nothing packed was said. */
export function timelocksPart(packed: unknown): Parts[string] | null {
  const text = digitsOf(packed)
  const timelocks = text === null ? null : timelocksOf(text)
  if (timelocks === null) return null
  const fields = Object.entries(timelocks.offsetsSec).map(([name, sec]) => [name, String(sec)] as const)
  return { order: Object.fromEntries(fields) }
}

/** The curve of an auction as `parts`, and its end; empty where it is not known whole. */
export function auctionLearned(auction: AuctionSaid): { parts: Parts; deadlines: Deadline[] } {
  const { startMs, durationSec, initialRateBump, points } = auction
  if (startMs === null || durationSec === null) return { parts: {}, deadlines: [] }
  const endMs = startMs + durationSec * 1_000
  const deadlines = [{ kind: 'auctionEnd', atMs: endMs }]
  if (initialRateBump === null) return { parts: {}, deadlines }
  // Each delay counts from the point before; after the last the rate bump sinks to nothing at the end.
  let atMs = startMs
  const curve = [{ atMs, rateBump: initialRateBump }]
  for (const item of Array.isArray(points) ? points.slice(0, MOST_POINTS) : []) {
    const read = auctionPoint.safeParse(item)
    if (!read.success) continue
    atMs += Number(read.data.delay) * 1_000
    if (atMs <= endMs) curve.push({ atMs, rateBump: read.data.coefficient })
  }
  if (atMs < endMs) curve.push({ atMs: endMs, rateBump: 0 })
  const named = curve.map((point, at) => [
    String(at),
    { atMs: String(point.atMs), rateBump: String(point.rateBump) },
  ])
  return { parts: { auction: Object.fromEntries(named) as Parts[string] }, deadlines }
}
