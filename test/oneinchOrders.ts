import { createRequire } from 'node:module'
import type * as CrossChainSdk from '@1inch/cross-chain-sdk'
import type * as FusionSdk from '@1inch/fusion-sdk'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

// As Node itself loads them, past the test's bundler.
const require = createRequire(import.meta.url)
const fusion = require('@1inch/fusion-sdk') as typeof FusionSdk
const crossChain = require('@1inch/cross-chain-sdk') as typeof CrossChainSdk

/** A maker whose key everybody knows. */
export const MAKER = privateKeyToAccount(`0x${'11'.repeat(32)}`)

const WETH = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'
const USDC = '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'
const USDC_ON_ARBITRUM = '0xaf88d065e77c8cc2239327c5edb3a432268e5831'
const ETHEREUM = 1
const CONTRACT = '0x8273f37417da37c4a6c3995e82cf442f87a25d9c'
const RESOLVER = '0xf1c22ca0432786b73fb7d7f7ae61813967ab20a5'

/** Auctions of these orders begin at `startMs` and last three minutes; the order itself twelve seconds more. */
export const AUCTION_MS = 180_000
export const EXPIRY_DELAY_MS = 12_000

/** A signed order as a person has it in a file, and the hash that its SDK gives it. */
export interface OrderFile {
  body: {
    order: FusionSdk.LimitOrderV4Struct
    signature: string
    quoteId: string
    extension: string
    srcChainId?: number
    secretHashes?: string[]
  }
  orderHash: string
}

/** An order of Fusion on Ethereum that its SDK built: 1 WETH for at least 2,500 USDC, signed for `signedFor`. */
export async function fusionOrder(startMs: number, signedFor = ETHEREUM): Promise<OrderFile> {
  const { Address, AuctionDetails, FusionOrder, Whitelist } = fusion
  const startTime = BigInt(startMs) / 1_000n
  const order = FusionOrder.new(
    new Address(CONTRACT),
    {
      maker: new Address(MAKER.address),
      makerAsset: new Address(WETH),
      takerAsset: new Address(USDC),
      makingAmount: 10n ** 18n,
      takingAmount: 2_500_000_000n,
      salt: 7n,
    },
    {
      auction: new AuctionDetails({
        startTime,
        duration: BigInt(AUCTION_MS) / 1_000n,
        initialRateBump: 50_000,
        points: [{ coefficient: 20_000, delay: 60 }],
      }),
      whitelist: Whitelist.new(startTime, [{ address: new Address(RESOLVER), allowFrom: 0n }]),
    },
    { nonce: 1n },
  )
  const signature = await signed(order.getTypedData(signedFor))
  const extension = order.extension.encode()
  return {
    body: { order: order.build(), signature, quoteId: 'q-1', extension },
    orderHash: order.getOrderHash(ETHEREUM),
  }
}

/** An order of Fusion+ that its SDK built: 1 WETH on Ethereum for at least 2,500 USDC on Arbitrum, locked by these secrets. */
export async function fusionPlusOrder(startMs: number, secrets: readonly string[]): Promise<OrderFile> {
  const { AuctionDetails, EvmAddress, EvmCrossChainOrder, HashLock, NetworkEnum, TimeLocks } = crossChain
  const leaves = HashLock.getMerkleLeaves([...secrets])
  const isForParts = secrets.length > 1
  const hashLock = isForParts ? HashLock.forMultipleFills(leaves) : HashLock.forSingleFill(secrets[0] ?? '')
  const order = EvmCrossChainOrder.new(
    EvmAddress.fromString(CONTRACT),
    {
      maker: EvmAddress.fromString(MAKER.address),
      makerAsset: EvmAddress.fromString(WETH),
      takerAsset: EvmAddress.fromString(USDC_ON_ARBITRUM),
      makingAmount: 10n ** 18n,
      takingAmount: 2_500_000_000n,
      salt: 7n,
    },
    {
      hashLock,
      srcChainId: NetworkEnum.ETHEREUM,
      dstChainId: NetworkEnum.ARBITRUM,
      srcSafetyDeposit: 1n,
      dstSafetyDeposit: 2n,
      timeLocks: TimeLocks.new({
        srcWithdrawal: 36n,
        srcPublicWithdrawal: 168n,
        srcCancellation: 324n,
        srcPublicCancellation: 444n,
        dstWithdrawal: 12n,
        dstPublicWithdrawal: 132n,
        dstCancellation: 252n,
      }),
    },
    {
      auction: new AuctionDetails({
        startTime: BigInt(startMs) / 1_000n,
        duration: BigInt(AUCTION_MS) / 1_000n,
        initialRateBump: 50_000,
        points: [],
      }),
      whitelist: [{ address: EvmAddress.fromString(RESOLVER), allowFrom: 0n }],
      resolvingStartTime: 0n,
    },
    { nonce: 1n, allowMultipleFills: isForParts, allowPartialFills: isForParts },
  )
  const signature = await signed(order.getTypedData(ETHEREUM))
  const body = {
    order: order.build(),
    signature,
    quoteId: 'q-1',
    extension: order.extension.encode(),
    srcChainId: ETHEREUM,
  }
  const secretHashes = secrets.map((secret) => HashLock.hashSecret(secret))
  return {
    body: isForParts ? { ...body, secretHashes } : body,
    orderHash: order.getOrderHash(ETHEREUM),
  }
}

/** The maker's signature of what an SDK wants signed. */
async function signed({ domain, types, message }: FusionSdk.EIP712TypedData): Promise<string> {
  const { Order = [] } = types
  return MAKER.signTypedData({
    domain: { ...domain, verifyingContract: domain.verifyingContract as Hex },
    types: { Order },
    primaryType: 'Order',
    message,
  })
}
