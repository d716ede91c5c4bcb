import { isOver, type SandboxOrder } from './order.ts'
import type { OrderEvent } from './life.ts'

/** The signed order as the wire writes it. */
function structOf(order: SandboxOrder): object {
  if (order.submitted !== null) return order.submitted.order
  return {
    salt: order.salt,
    maker: order.maker,
    receiver: '0x0000000000000000000000000000000000000000',
    makerAsset: order.makerAsset,
    takerAsset: order.takerAsset,
    makingAmount: order.makingAmount.toString(),
    takingAmount: order.takingAmount.toString(),
    makerTraits: '33471150795161712739625987854073848363835857014350031386507831725384548745216',
  }
}

function extensionOf({ submitted }: SandboxOrder): string {
  return submitted?.extension ?? '0x'
}

/** An order of a listing. */
export function activeOrder(order: SandboxOrder): object {
  return { ...offered(order), version: '2.2', maker: order.maker }
}

/** What the feed tells of an order in one event. */
export function payloadOf(event: OrderEvent, order: SandboxOrder): object {
  const { orderHash } = order
  const remainingMakerAmount = order.remaining.toString()
  switch (event) {
    case 'order_created':
      return { ...offered(order), isMakerContract: false }
    case 'order_filled_partially':
      return { orderHash, remainingMakerAmount }
    case 'order_balance_or_allowance_change':
      return {
        orderHash,
        remainingMakerAmount,
        balance: order.balance.toString(),
        allowance: order.allowance.toString(),
      }
    case 'order_invalid':
    case 'order_filled':
    case 'order_cancelled':
      return { orderHash }
  }
}

/** What a reading of one order answers. */
export function statusBody(order: SandboxOrder): object {
  return {
    orderHash: order.orderHash,
    maker: order.maker,
    status: order.status,
    order: structOf(order),
    extension: extensionOf(order),
    approximateTakingAmount: order.takingAmount.toString(),
    fromTokenToUsdPrice: '1.0003',
    toTokenToUsdPrice: '0.9998',
    ...runOf(order),
  }
}

/** One order in a maker's list. */
export function makerItem(order: SandboxOrder): object {
  const { orderHash, status, makerAsset, takerAsset } = order
  return {
    orderHash,
    status,
    makerAsset,
    makerAmount: order.makingAmount.toString(),
    takerAsset,
    minTakerAmount: order.takingAmount.toString(),
    ...runOf(order),
  }
}

/** A page of a listing, counted from 1. */
export function pageOf<T>(
  all: readonly T[],
  { page, limit }: { page: number; limit: number },
  write: (one: T) => object,
): object {
  const items = all.slice((page - 1) * limit, page * limit).map(write)
  const totalPages = Math.max(1, Math.ceil(all.length / limit))
  return { meta: { totalItems: all.length, itemsPerPage: limit, totalPages, currentPage: page }, items }
}

/** Whether resolvers are offered it now. */
export function isActive(order: SandboxOrder): boolean {
  return !isOver(order) && order.status !== 'awaiting-signatures'
}

function offered(order: SandboxOrder): object {
  return {
    quoteId: order.quoteId,
    orderHash: order.orderHash,
    signature: order.signature,
    order: structOf(order),
    deadline: new Date(order.deadlineMs).toISOString(),
    auctionStartDate: new Date(order.startMs).toISOString(),
    auctionEndDate: new Date(auctionEndMs(order)).toISOString(),
    remainingMakerAmount: order.remaining.toString(),
    extension: extensionOf(order),
  }
}

function runOf(order: SandboxOrder): object {
  return {
    points: order.points,
    cancelTx: order.cancelTx,
    fills: order.fills.map(({ txHash, filledMakerAmount, filledAuctionTakerAmount }) => ({
      txHash,
      filledMakerAmount: filledMakerAmount.toString(),
      filledAuctionTakerAmount: filledAuctionTakerAmount.toString(),
      takerFeeAmount: null,
    })),
    createdAt: new Date(order.createdAtMs).toISOString(),
    auctionStartDate: Math.floor(order.startMs / 1_000),
    auctionDuration: Math.round((auctionEndMs(order) - order.startMs) / 1_000),
    initialRateBump: order.initialRateBump,
    isNativeCurrency: false,
  }
}

/** At a rate above 1 the auction is shorter on the clock than in the story, and its deadline with it. */
function auctionEndMs(order: SandboxOrder): number {
  const { startMs, deadlineMs, durationSec } = order
  return Math.round(startMs + ((deadlineMs - startMs) * durationSec) / (durationSec + 12))
}
