import type { Turn } from '../kit/lives.ts'
import type { Random } from '../kit/random.ts'
import { auctionAfterMs, deadlineAfterMs, type OrderStatus, type SandboxOrder } from './order.ts'

/** What happened, as the feed calls it. */
export type OrderEvent =
  | 'order_created'
  | 'order_invalid'
  | 'order_balance_or_allowance_change'
  | 'order_filled'
  | 'order_filled_partially'
  | 'order_cancelled'

/** One turn, and the events that it is told by. */
export interface OrderTurn extends Turn<SandboxOrder> {
  tells: readonly OrderEvent[]
}

/** From the deadline until the system calls an order expired, milliseconds. */
const EXPIRY_LAG_MS = 4_000

/** From the submission of an order until a resolver fills it, milliseconds: long enough to be looked at. */
const SUBMITTED_WAIT_MS = 20_000

type Plot = (order: SandboxOrder, random: Random) => OrderTurn[]

/** Plots and how often each is taken, beside the others. */
const PLOTS: readonly (readonly [Plot, number])[] = [
  [fillAtOnce, 52],
  [fillInParts, 20],
  [fillInPartsAndExpire, 6],
  [expire, 6],
  [cancel, 5],
  [runShortAndRecover, 4],
  [runShort, 3],
  [failPredicate, 2],
  [breakBy('wrong-permit'), 1],
  [breakBy('invalid-signature'), 1],
  [awaitSignatures, 1],
  // Never called expired: what an operator must notice by the deadline.
  [() => [], 1],
]

/** Writes what will happen to an order. */
export function writeLife(order: SandboxOrder, random: Random): OrderTurn[] {
  const total = PLOTS.reduce((sum, [, weight]) => sum + weight, 0)
  let drawn = random.next() * total
  for (const [plot, weight] of PLOTS) {
    drawn -= weight
    if (drawn < 0) return plot(order, random)
  }
  return []
}

/** What will happen to an order that somebody submitted. */
export function writeSubmitted(random: Random): OrderTurn[] {
  return [fillTurn(SUBMITTED_WAIT_MS, 1, random)]
}

function fillAtOnce(order: SandboxOrder, random: Random): OrderTurn[] {
  return [fillTurn(auctionAfterMs(order, 0.05 + 0.7 * random.next()), 1, random)]
}

function fillInParts(order: SandboxOrder, random: Random): OrderTurn[] {
  const count = random.integer(2, 4)
  return Array.from({ length: count }, (_, at) => {
    const afterMs = auctionAfterMs(order, ((at + 0.3 + 0.6 * random.next()) / count) * 0.9)
    return fillTurn(afterMs, at === count - 1 ? 1 : 0.2 + 0.4 * random.next(), random)
  })
}

function fillInPartsAndExpire(order: SandboxOrder, random: Random): OrderTurn[] {
  return [
    fillTurn(auctionAfterMs(order, 0.5 * random.next()), 0.1 + 0.5 * random.next(), random),
    expiry(order),
  ]
}

function expire(order: SandboxOrder): OrderTurn[] {
  return [expiry(order)]
}

function cancel(order: SandboxOrder, random: Random): OrderTurn[] {
  const cancelTx = random.hex(32)
  return [
    turn(auctionAfterMs(order, 0.1 + 0.6 * random.next()), ['order_cancelled'], (subject) => {
      subject.status = 'cancelled'
      subject.cancelTx = cancelTx
    }),
  ]
}

function runShortAndRecover(order: SandboxOrder, random: Random): OrderTurn[] {
  return [
    ...shortage(order, random),
    turn(auctionAfterMs(order, 0.5), ['order_balance_or_allowance_change'], (subject) => {
      subject.status = 'pending'
      subject.balance = subject.remaining * 2n
    }),
    fillTurn(auctionAfterMs(order, 0.6 + 0.3 * random.next()), 1, random),
  ]
}

function runShort(order: SandboxOrder, random: Random): OrderTurn[] {
  return [...shortage(order, random), expiry(order)]
}

function failPredicate(order: SandboxOrder, random: Random): OrderTurn[] {
  return [
    moveTo('false-predicate', auctionAfterMs(order, 0.2)),
    fillTurn(auctionAfterMs(order, 0.8), 1, random),
  ]
}

function breakBy(status: OrderStatus): Plot {
  return (order) => [moveTo(status, auctionAfterMs(order, 0.02))]
}

function awaitSignatures(order: SandboxOrder, random: Random): OrderTurn[] {
  order.status = 'awaiting-signatures'
  return random.chance(0.5) ? [] : [moveTo('pending', auctionAfterMs(order, 0.2)), expiry(order)]
}

function shortage(order: SandboxOrder, random: Random): OrderTurn[] {
  const share = BigInt(random.integer(0, 90))
  return [
    turn(auctionAfterMs(order, 0.1), ['order_balance_or_allowance_change', 'order_invalid'], (subject) => {
      subject.status = 'not-enough-balance-or-allowance'
      subject.balance = (subject.remaining * share) / 100n
    }),
  ]
}

function moveTo(status: OrderStatus, afterMs: number): OrderTurn {
  return turn(afterMs, ['order_invalid'], (subject) => {
    subject.status = status
  })
}

function expiry(order: SandboxOrder): OrderTurn {
  return turn(deadlineAfterMs(order) + EXPIRY_LAG_MS, ['order_invalid'], (subject) => {
    subject.status = 'expired'
  })
}

function fillTurn(afterMs: number, share: number, random: Random): OrderTurn {
  const isAll = share === 1
  const txHash = random.hex(32)
  return turn(afterMs, [isAll ? 'order_filled' : 'order_filled_partially'], (subject, atMs) => {
    const filled = isAll
      ? subject.remaining
      : (subject.remaining * BigInt(Math.round(share * 1_000))) / 1_000n
    subject.remaining -= filled
    subject.fills.push({
      txHash,
      filledMakerAmount: filled,
      filledAuctionTakerAmount: paidFor(subject, filled, atMs),
    })
    subject.status = isAll ? 'filled' : 'partially-filled'
  })
}

/** What a resolver pays at an instant: the least, raised by what is left of the first bump. */
function paidFor(order: SandboxOrder, filled: bigint, atMs: number): bigint {
  const gone = Math.min(1, Math.max(0, (atMs - order.startMs) / (order.deadlineMs - order.startMs)))
  const bump = BigInt(Math.round(order.initialRateBump * (1 - gone)))
  return (order.takingAmount * filled * (10_000_000n + bump)) / (order.makingAmount * 10_000_000n)
}

function turn(afterMs: number, tells: readonly OrderEvent[], deed: OrderTurn['deed']): OrderTurn {
  return { afterMs, tells, deed }
}
