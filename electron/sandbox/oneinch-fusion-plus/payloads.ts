import { merkleLeaves, type SandboxFill, type SandboxOrder } from './order.ts'
import type { Told } from './life.ts'
import { packedHex, packedTimelocks } from './timelocks.ts'

/** What an unset address is. */
const ZERO = `0x${'0'.repeat(40)}`

/** Stands where a limit order wants a token and the real one is on another chain. */
const PLACEHOLDER = '0xda0000d4000015a526378bb6fafc650cea5966f8'

/** `result` of `order_created`. */
export function createdPayload(order: SandboxOrder): Record<string, unknown> {
  return {
    srcChainId: order.from.chainId,
    dstChainId: order.to.chainId,
    orderHash: order.orderHash,
    order: orderStruct(order),
    extension: order.extension,
    signature: order.signature,
    isMakerContract: false,
    quoteId: order.quoteId,
    merkleLeaves: merkleLeaves(order),
    secretHashes: order.secretHashes,
  }
}

/** `result` of any other event. */
export function toldPayload(told: Told, order: SandboxOrder, rate: number): Record<string, unknown> {
  const { orderHash } = order
  const remainingMakerAmount = String(order.remaining)
  switch (told.event) {
    case 'order_filled':
    case 'order_invalid':
      return { orderHash }
    case 'order_filled_partially':
    case 'order_cancelled':
      return { orderHash, remainingMakerAmount }
    case 'order_balance_change':
      return { orderHash, remainingMakerAmount, balance: String(order.balance) }
    case 'order_allowance_change':
      return { orderHash, remainingMakerAmount, allowance: String(order.allowance) }
    case 'secret_shared':
      return publicSecret(order, order.fills[told.fill], rate) ?? { orderHash }
  }
}

/** One active order, as a list tells it. */
export function activeOrder(order: SandboxOrder): Record<string, unknown> {
  const { quoteId, orderHash, from, to } = order
  const common = {
    quoteId,
    orderHash,
    deadline: iso(order.deadlineMs),
    auctionStartDate: iso(order.auctionStartMs),
    auctionEndDate: iso(order.auctionEndMs),
    srcChainId: from.chainId,
    dstChainId: to.chainId,
    remainingMakerAmount: String(order.remaining),
    secretHashes: order.secretHashes,
    fills: order.fills
      .flatMap(({ events }) => events.slice(0, 1))
      .map(({ transactionHash }) => ({ txHash: transactionHash })),
    version: '1.2',
    order: orderStruct(order),
  }
  if (from.family === 'solana') return common
  return {
    ...common,
    isMakerContract: false,
    signature: order.signature,
    makerBalance: String(order.balance),
    makerAllowance: String(order.allowance),
    extension: order.extension,
  }
}

/** The status of one order. */
export function statusBody(order: SandboxOrder, rate: number): Record<string, unknown> {
  return {
    orderHash: order.orderHash,
    status: order.status,
    validation: order.validation,
    order: orderStruct(order),
    ...(order.from.family === 'evm'
      ? { extension: order.extension }
      : { createTxSignature: order.signature }),
    points: [],
    approximateTakingAmount: String((order.takingAmount * 1_005n) / 1_000n),
    positiveSurplus: '0',
    fills: order.fills.map(fillBody),
    auctionStartDate: Math.floor(order.auctionStartMs / 1_000),
    auctionDuration: Math.max(1, Math.round((order.auctionEndMs - order.auctionStartMs) / 1_000)),
    initialRateBump: order.initialRateBump,
    createdAt: order.createdAtMs,
    srcTokenPriceUsd: cents(order.fromToken.cents),
    dstTokenPriceUsd: cents(order.toToken.cents),
    cancelTx: order.cancelTx,
    srcChainId: order.from.chainId,
    dstChainId: order.to.chainId,
    cancelable: order.status === 'expired',
    takerAsset: order.toToken.address,
    timeLocks: packedHex(rate),
  }
}

/** A published secret; null while it is none. */
export function publicSecret(
  order: SandboxOrder,
  fill: SandboxFill | undefined,
  rate: number,
): Record<string, unknown> | null {
  if (fill?.isSecretOut !== true) return null
  return {
    idx: fill.idx,
    secret: order.secrets[fill.idx],
    srcImmutables: immutables(order, fill, { side: 'src', rate }),
    dstImmutables: immutables(order, fill, { side: 'dst', rate }),
  }
}

/** What an escrow was made with. */
export function immutables(
  order: SandboxOrder,
  fill: SandboxFill,
  { side, rate }: { side: 'src' | 'dst'; rate: number },
): Record<string, unknown> {
  const createdMs = fill.events.find((event) => event.side === side)?.blockTimestamp ?? 0
  const isSource = side === 'src'
  return {
    orderHash: order.orderHash,
    hashlock: order.secretHashes[fill.idx],
    maker: order.maker,
    taker: fill.taker,
    token: isSource ? order.fromToken.address : order.toToken.address,
    amount: String(isSource ? fill.makerAmount : fill.takerAmount),
    safetyDeposit: '1200000000000000',
    timelocks: String(packedTimelocks(rate, createdMs / 1_000)),
    parameters: '0x',
  }
}

function fillBody(fill: SandboxFill): Record<string, unknown> {
  return {
    status: fill.status,
    txHash: fill.events[0]?.transactionHash ?? null,
    filledMakerAmount: String(fill.makerAmount),
    filledAuctionTakerAmount: String(fill.takerAmount),
    takerFeeAmount: '0',
    escrowEvents: fill.events,
  }
}

function orderStruct(order: SandboxOrder): Record<string, unknown> {
  if (order.submitted !== null) return order.submitted
  if (order.from.family === 'solana') return solanaStruct(order)
  return {
    salt: order.salt,
    maker: order.maker,
    receiver: ZERO,
    makerAsset: order.fromToken.address,
    takerAsset: PLACEHOLDER,
    makerTraits: '62419173104490761595518734106935910633442953884562494183154967556131397894144',
    makingAmount: String(order.makingAmount),
    takingAmount: String(order.takingAmount),
  }
}

function solanaStruct(order: SandboxOrder): Record<string, unknown> {
  const startSec = Math.floor(order.auctionStartMs / 1_000)
  return {
    orderInfo: {
      srcToken: order.fromToken.address,
      dstToken: order.toToken.address,
      maker: order.maker,
      receiver: ZERO,
      srcAmount: String(order.makingAmount),
      minDstAmount: String(order.takingAmount),
    },
    escrowParams: {
      hashLock: order.secretHashes[0],
      srcChainId: order.from.chainId,
      dstChainId: order.to.chainId,
      srcSafetyDeposit: '1000000',
      dstSafetyDeposit: '1200000000000000',
      timeLocks: String(packedTimelocks(1)),
    },
    details: {
      auction: {
        startTime: String(startSec),
        duration: String(Math.round((order.auctionEndMs - order.auctionStartMs) / 1_000)),
        initialRateBump: order.initialRateBump,
        points: [],
      },
    },
    extra: { allowMultipleFills: order.secrets.length > 1, salt: order.salt, srcAssetIsNative: false },
  }
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}

function cents(value: bigint): string {
  return `${value / 100n}.${String(value % 100n).padStart(2, '0')}`
}
