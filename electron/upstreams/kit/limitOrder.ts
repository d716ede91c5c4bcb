import type { Hex, TypedDataDomain } from 'viem'
import { z } from 'zod'
import { viem } from './viem.ts'

// A limit order of version 4 as its maker signs it. Source: @1inch/limit-order-sdk 5.2.2, `limit-order/eip712/domain.js`,
// `limit-order/maker-traits.js` and `constants.js`.

/** Name and version of the EIP-712 domain. */
const DOMAIN = { name: '1inch Aggregation Router', version: '6' } as const

/** The contract that fills orders: the same address on every chain but ZkSync. */
const CONTRACT: Hex = '0x111111125421ca6dc452d289314280a0f8842a65'
const ZKSYNC = 324
const CONTRACT_ON_ZKSYNC: Hex = '0x6fd4383cb451173d5f9304f041c7bcbf27d561ff'

const ORDER_TYPE = [
  { name: 'salt', type: 'uint256' },
  { name: 'maker', type: 'address' },
  { name: 'receiver', type: 'address' },
  { name: 'makerAsset', type: 'address' },
  { name: 'takerAsset', type: 'address' },
  { name: 'makingAmount', type: 'uint256' },
  { name: 'takingAmount', type: 'uint256' },
  { name: 'makerTraits', type: 'uint256' },
] as const

/** Where in `makerTraits` the seconds of the deadline stand: bits 80 to 119. */
const EXPIRATION_SHIFT = 80n
const EXPIRATION_MASK = (1n << 40n) - 1n

const LARGEST_UINT256 = (1n << 256n) - 1n

const DIGITS = /^\d{1,78}$/

const uint256 = z
  .string({ error: 'has to be decimal digits in quotation marks' })
  .refine(
    (text) => DIGITS.test(text) && BigInt(text) <= LARGEST_UINT256,
    'has to be decimal digits of at most 256 bits',
  )

const address = z
  .string({ error: 'has to be a text' })
  .regex(/^0x[0-9a-f]{40}$/i, 'has to be an address: 0x and 40 hex digits')

/** Bytes as hex digits with `0x`. */
export const hexBytes = z
  .string({ error: 'has to be a text' })
  .regex(/^0x(?:[0-9a-f]{2})*$/i, 'has to be bytes: 0x and an even number of hex digits')

/** `LimitOrderV4Struct`: all of it is text, amounts in base units. */
export const limitOrder = z.strictObject({
  salt: uint256,
  maker: address,
  receiver: address,
  makerAsset: address,
  takerAsset: address,
  makingAmount: uint256,
  takingAmount: uint256,
  makerTraits: uint256,
})

/** One order as its maker signed it. */
export type LimitOrder = z.infer<typeof limitOrder>

/** The order's only name: the EIP-712 hash that its maker signs, 32 bytes. */
export function orderHashOf(order: LimitOrder, chainId: number): Hex {
  const verifyingContract = chainId === ZKSYNC ? CONTRACT_ON_ZKSYNC : CONTRACT
  const domain: TypedDataDomain = { ...DOMAIN, chainId, verifyingContract }
  return viem().hashTypedData({
    domain,
    types: { Order: ORDER_TYPE },
    primaryType: 'Order',
    message: plain(order),
  })
}

/** Until when an order can be filled, epoch milliseconds; null when it never expires. */
export function expiresAtMs({ makerTraits }: LimitOrder): number | null {
  const seconds = (BigInt(makerTraits) >> EXPIRATION_SHIFT) & EXPIRATION_MASK
  return seconds === 0n ? null : Number(seconds) * 1_000
}

/** The message, addresses without the capitals of a checksum, which change nothing that is signed. */
function plain(order: LimitOrder) {
  const addressOf = (text: string): Hex => text.toLowerCase() as Hex
  return {
    salt: BigInt(order.salt),
    maker: addressOf(order.maker),
    receiver: addressOf(order.receiver),
    makerAsset: addressOf(order.makerAsset),
    takerAsset: addressOf(order.takerAsset),
    makingAmount: BigInt(order.makingAmount),
    takingAmount: BigInt(order.takingAmount),
    makerTraits: BigInt(order.makerTraits),
  }
}
