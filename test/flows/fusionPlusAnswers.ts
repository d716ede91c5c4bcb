/** A live secret, as far as anybody here can tell. */
export const SECRET = '9fc9953b5689cbd9fbdb0f1e524a19a59e4101a0d9ac2d9eb868ceb603df968a'

/** The SDK's own example: withdrawals after 36 s at the source and 12 s at the destination, cancellation after 324 and 252 s. */
const TIMELOCKS = '0x00000000000000fc000000840000000c000001bc00000144000000a800000024'

/** A limit order as the contract's page writes it: USDC on Ethereum for WETH on Arbitrum. */
export const STRUCT = {
  salt: '1',
  maker: '0xda6624d1c0297c937c792fe945825e53ad39c50f',
  receiver: `0x${'0'.repeat(40)}`,
  makerAsset: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
  takerAsset: '0xda0000d4000015a526378bb6fafc650cea5966f8',
  makingAmount: '4100000000',
  takingAmount: '1500000000000000000',
  makerTraits: '0',
}

/** `result` of `order_created`. */
export function created(orderHash: string): object {
  const hashes = { merkleLeaves: [], secretHashes: [`0x${'5e'.repeat(32)}`] }
  const signed = { extension: '0x', signature: `0x${'cd'.repeat(65)}`, isMakerContract: false }
  return { srcChainId: 1, dstChainId: 42161, orderHash, order: STRUCT, quoteId: 'q-1', ...signed, ...hashes }
}

/** The status of one order, with one fill where there are escrow events. */
export function status(orderHash: string, word: string, events: object[] = []): object {
  const nowMs = Date.now()
  const fill = {
    status: word,
    txHash: `0x${'f1'.repeat(32)}`,
    filledMakerAmount: '4100000000',
    filledAuctionTakerAmount: '1510000000000000000',
    escrowEvents: events,
  }
  return {
    orderHash,
    status: word,
    validation: 'valid',
    order: STRUCT,
    extension: '0x',
    points: [],
    approximateTakingAmount: '1510000000000000000',
    positiveSurplus: '0',
    fills: events.length === 0 ? [] : [fill],
    auctionStartDate: Math.floor(nowMs / 1_000) - 20,
    auctionDuration: 180,
    initialRateBump: 100_000,
    createdAt: nowMs - 25_000,
    srcTokenPriceUsd: '1',
    dstTokenPriceUsd: null,
    cancelTx: null,
    srcChainId: 1,
    dstChainId: 42161,
    cancelable: false,
    takerAsset: '0x82aF49447D8a07e3bd95BD0d56f35241523fBab1',
    timeLocks: TIMELOCKS,
  }
}

/** One event of an escrow. */
export function escrow(side: 'src' | 'dst', action: string, atMs: number): object {
  const tag = side === 'src' ? 'a' : 'b'
  const digit = String(action.length % 10)
  return {
    transactionHash: `0x${(tag + digit).repeat(32)}`,
    escrow: `0x${(tag + '0').repeat(20)}`,
    side,
    action,
    blockTimestamp: atMs,
  }
}

/** `result` of `secret_shared`. */
export function secretShared(orderHash: string): object {
  const immutables = {
    orderHash,
    hashlock: `0x${'5e'.repeat(32)}`,
    maker: STRUCT.maker,
    taker: '0xf1c22ca0432786b73fb7d7f7ae61813967ab20a5',
    token: STRUCT.makerAsset,
    amount: '4100000000',
    safetyDeposit: '1',
    timelocks: BigInt(TIMELOCKS).toString(),
    parameters: '0x',
  }
  return { idx: 0, secret: `0x${SECRET}`, srcImmutables: immutables, dstImmutables: immutables }
}
