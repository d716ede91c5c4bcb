import type { Turn } from '../kit/lives.ts'
import type { Random } from '../kit/random.ts'
import type { Cast } from '../world/cast.ts'
import {
  AUCTION_MS,
  EXPIRY_DELAY_MS,
  type EscrowEvent,
  type SandboxFill,
  type SandboxOrder,
} from './order.ts'
import { offsetMs } from './timelocks.ts'

/** The events of the socket that tell a turn; `secret_shared` tells the fill at this place. */
export type Told =
  | { event: 'order_invalid' | 'order_filled' | 'order_filled_partially' | 'order_cancelled' }
  | { event: 'order_balance_change' | 'order_allowance_change' }
  | { event: 'secret_shared'; fill: number }

/** A turn of an order's life, with what is told of it. */
export interface OrderTurn extends Turn<SandboxOrder> {
  tells: readonly Told[]
  /** Whether it still happens; its deed does nothing else. */
  holds: () => boolean
}

/** How a fill goes on after its source escrow; the first is the ordinary way. */
type Fate = 'paid' | 'noDestination' | 'noSecret' | 'latePayout' | 'refundByOthers' | 'rescued'

const FATES: readonly (readonly [Fate, number])[] = [
  ['paid', 0.72],
  ['noDestination', 0.08],
  ['noSecret', 0.08],
  ['latePayout', 0.06],
  ['refundByOthers', 0.05],
  ['rescued', 0.01],
]

/** From the submission of an order until a resolver fills it: long enough to be looked at. */
const SUBMITTED_WAIT_MS = 15_000

/** Story milliseconds of one order, written from its beginning on. */
class Plot {
  readonly turns: OrderTurn[] = []
  readonly random: Random
  nowMs = 0
  /** Whether what is written from here on will happen. */
  holds = (): boolean => true

  constructor(random: Random) {
    this.random = random
  }

  /** Goes on after a wait: half of them shorter than `medianMs`. */
  wait(medianMs: number): void {
    this.nowMs += this.random.around(medianMs, 0.5)
  }

  until(atMs: number): void {
    this.nowMs = Math.max(this.nowMs, atMs)
  }

  add(deed: OrderTurn['deed'], ...tells: Told[]): void {
    const { holds } = this
    const held: OrderTurn['deed'] = (order, atMs) => {
      if (holds()) deed(order, atMs)
    }
    this.turns.push({ afterMs: this.nowMs, deed: held, tells, holds })
  }
}

/** Writes the whole life of an order. */
export function writeLife(order: SandboxOrder, cast: Cast, random: Random): OrderTurn[] {
  const plot = new Plot(random)
  const draw = random.next()
  if (draw < 0.03) publishLate(plot, order)
  if (draw > 0.9) {
    leaveUnfilled(plot, draw)
    return plot.turns
  }
  if (draw > 0.84) loseFunding(plot)
  plot.wait(35_000)
  plot.until(4_000)
  const partCount = order.secrets.length > 1 ? random.integer(1, 2) : 1
  for (let part = 0; part < partCount; part += 1) {
    if (plot.nowMs >= AUCTION_MS) {
      expire(plot)
      break
    }
    const fate = fillPart(plot, order, { cast, part, partCount })
    if (fate !== 'paid' && fate !== 'latePayout') return plot.turns
  }
  return plot.turns
}

/** Writes what happens to an order that somebody submitted: it is filled at once and waits for its secret. */
export function writeSubmitted(order: SandboxOrder, cast: Cast, random: Random): OrderTurn[] {
  const plot = new Plot(random)
  plot.wait(SUBMITTED_WAIT_MS)
  fillPart(plot, order, { cast, part: 0, partCount: 1, fate: 'noSecret' })
  return plot.turns
}

function publishLate(plot: Plot, order: SandboxOrder): void {
  order.status = 'unpublished'
  plot.wait(40_000)
  plot.add((told) => {
    told.status = 'pending'
  })
}

function leaveUnfilled(plot: Plot, draw: number): void {
  if (draw > 0.96) {
    plot.wait(60_000)
    plot.add(
      (order) => {
        order.status = 'cancelled'
        order.cancelTx = plot.random.hex(32)
      },
      { event: 'order_cancelled' },
    )
    return
  }
  expire(plot)
}

function expire(plot: Plot): void {
  plot.until(AUCTION_MS + EXPIRY_DELAY_MS + 2_000)
  plot.add((order) => {
    order.status = 'expired'
  })
}

/** What the order needs is gone for a while: the balance, or the allowance. */
function loseFunding(plot: Plot): void {
  const isBalance = plot.random.chance(0.5)
  const event = isBalance ? 'order_balance_change' : 'order_allowance_change'
  plot.wait(6_000)
  plot.add(
    (order) => {
      if (isBalance) order.balance = 0n
      else order.allowance = 0n
      order.validation = isBalance ? 'not-enough-balance' : 'not-enough-allowance'
    },
    { event },
    { event: 'order_invalid' },
  )
  plot.wait(40_000)
  plot.add(
    (order) => {
      order.balance = order.makingAmount
      order.allowance = order.makingAmount
      order.validation = 'valid'
    },
    { event },
  )
}

/** A part of an order to be filled. */
interface Part {
  cast: Cast
  part: number
  partCount: number
  fate?: Fate
}

/** One resolver takes a part; answers what became of it. */
function fillPart(plot: Plot, order: SandboxOrder, { cast, part, partCount, fate: given }: Part): Fate {
  const { random } = plot
  const isLast = part === partCount - 1
  const fill = newFill(order, cast, { random, part, partCount })
  plot.holds = () => !fill.isTakenOver
  plot.add(
    (told) => {
      told.fills.push(fill)
      told.remaining -= fill.makerAmount
    },
    { event: isLast ? 'order_filled' : 'order_filled_partially' },
  )
  const chain = scribe(plot, fill)
  const sourceMs = chain('src', 'src_escrow_created')
  const fate = given ?? pickFate(random)
  if (fate === 'noDestination' || fate === 'refundByOthers') refund(plot, fill, { sourceMs, fate })
  else if (!lockDestination(plot, fill, { fate, sourceMs, part })) return fate
  if (fate === 'paid' || fate === 'latePayout') {
    plot.wait(15_000)
    plot.until(sourceMs + offsetMs('srcWithdrawal'))
    chain('src', 'withdrawn')
    plot.add((told) => {
      fill.status = 'executed'
      if (isLast) told.status = 'executed'
    })
  }
  return fate
}

/** From the destination escrow to the payout; false when it ends in a refund. */
function lockDestination(
  plot: Plot,
  fill: SandboxFill,
  { fate, sourceMs, part }: { fate: Fate; sourceMs: number; part: number },
): boolean {
  const chain = scribe(plot, fill)
  plot.wait(18_000)
  const destinationMs = chain('dst', 'dst_escrow_created')
  plot.until(destinationMs + offsetMs('dstWithdrawal'))
  plot.add(() => {
    fill.isReady = true
  })
  if (fate === 'noSecret') {
    plot.until(destinationMs + offsetMs('dstCancellation') + 5_000)
    chain('dst', 'escrow_cancelled')
    refund(plot, fill, { sourceMs, fate })
    return false
  }
  plot.wait(4_000)
  plot.add(
    () => {
      fill.isSecretOut = true
      fill.isReady = false
    },
    { event: 'secret_shared', fill: part },
  )
  if (fate === 'rescued') {
    plot.until(sourceMs + offsetMs('srcPublicCancellation') + 60_000)
    chain('src', 'funds_rescued')
    plot.wait(600_000)
    expire(plot)
    return false
  }
  plot.wait(10_000)
  if (fate === 'latePayout') plot.until(destinationMs + offsetMs('dstPublicWithdrawal') + 12_000)
  chain('dst', 'withdrawn')
  return true
}

function refund(plot: Plot, fill: SandboxFill, { sourceMs, fate }: { sourceMs: number; fate: Fate }): void {
  plot.until(sourceMs + offsetMs('srcCancellation'))
  plot.add((order) => {
    fill.status = 'refunding'
    fill.isReady = false
    order.status = 'refunding'
  })
  plot.wait(25_000)
  if (fate === 'refundByOthers') plot.until(sourceMs + offsetMs('srcPublicCancellation') + 45_000)
  scribe(plot, fill)('src', 'escrow_cancelled')
  plot.wait(2_000)
  plot.add((order) => {
    fill.status = 'refunded'
    order.status = 'refunded'
  })
}

/** Writes escrow events into a fill, each in the block of its second; answers the story time of each. */
function scribe(
  plot: Plot,
  fill: SandboxFill,
): (side: 'src' | 'dst', action: EscrowEvent['action']) => number {
  return (side, action) => {
    const transactionHash = plot.random.hex(32)
    plot.add((_order, atMs) => {
      const blockTimestamp = Math.floor(atMs / 1_000) * 1_000
      fill.events.push({ transactionHash, escrow: fill.escrows[side], side, action, blockTimestamp })
    })
    return plot.nowMs
  }
}

function newFill(
  order: SandboxOrder,
  cast: Cast,
  { random, part, partCount }: { random: Random; part: number; partCount: number },
): SandboxFill {
  const half = order.makingAmount / 2n
  const makerAmount = partCount === 1 ? order.makingAmount : part === 0 ? half : order.makingAmount - half
  const least = (order.takingAmount * makerAmount) / order.makingAmount
  return {
    idx: partCount === 1 && order.secrets.length > 1 ? order.secrets.length - 1 : part,
    taker: cast.pickSolver(random).address.toLowerCase(),
    makerAmount,
    takerAmount: (least * BigInt(random.integer(10_010, 10_200))) / 10_000n,
    status: 'pending',
    escrows: { src: random.hex(20), dst: random.hex(20) },
    events: [],
    isReady: false,
    isSecretOut: false,
    isTakenOver: false,
  }
}

function pickFate(random: Random): Fate {
  let left = random.next()
  for (const [fate, share] of FATES) {
    left -= share
    if (left < 0) return fate
  }
  return 'paid'
}
