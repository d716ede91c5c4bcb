import type { Hex } from 'viem'
import { hashTypedData, keccak256, size, slice } from 'viem/utils'

/** A limit order as a maker submits it, taken apart as far as a relayer has to know it. Instants are epoch milliseconds. */
export interface SignedOrder {
  orderHash: Hex
  quoteId: string
  signature: string
  extension: Hex
  /** As it came. */
  order: Record<string, string>
  maker: string
  makingAmount: bigint
  takingAmount: bigint
  auctionStartMs: number
  durationSec: number
  initialRateBump: number
  deadlineMs: number
  /** What a cross-chain order says of its escrows: hashlock, chain, token, deposits and timelocks, a word each; null without. */
  escrowTerms: Hex[] | null
}

const FIELDS = [
  ['salt', 'uint256'],
  ['maker', 'address'],
  ['receiver', 'address'],
  ['makerAsset', 'address'],
  ['takerAsset', 'address'],
  ['makingAmount', 'uint256'],
  ['takingAmount', 'uint256'],
  ['makerTraits', 'uint256'],
] as const

const CONTRACT: Hex = '0x111111125421ca6dc452d289314280a0f8842a65'

/** Places in the list of an extension's parts. */
const MAKING_AMOUNT_DATA = 2
const POST_INTERACTION = 7

const WORD = 32
const TERM_COUNT = 5

/** Reads a submitted body; fails with a sentence, as a relayer that refuses it would. */
export function signedOrderIn(body: Record<string, unknown>, chainId: number): SignedOrder {
  const { order, signature, quoteId, extension } = body
  if (typeof order !== 'object' || order === null) throw new RangeError('order must be an object')
  if (typeof signature !== 'string' || typeof quoteId !== 'string' || typeof extension !== 'string')
    throw new RangeError('signature, quoteId and extension must be strings')
  const text = order as Record<string, string>
  const missing = FIELDS.find(([name]) => typeof text[name] !== 'string')
  if (missing !== undefined) throw new RangeError(`order.${missing[0]} must be a string`)
  const amountOf = (name: string): bigint => BigInt(text[name] ?? '0')
  const bytes = extension as Hex
  if ((amountOf('salt') ^ BigInt(keccak256(bytes))) & ((1n << 160n) - 1n))
    throw new RangeError('invalid salt: lowest 160 bits should be extension hash')
  const data = partOf(bytes, MAKING_AMOUNT_DATA)
  const numberAt = (from: number, to: number): number => Number(slice(data, from, to))
  return {
    orderHash: hashOf(text, chainId),
    quoteId,
    signature,
    extension: bytes,
    order: text,
    maker: (text['maker'] ?? '').toLowerCase(),
    makingAmount: amountOf('makingAmount'),
    takingAmount: amountOf('takingAmount'),
    // Behind an address, a gas bump and a gas price.
    auctionStartMs: numberAt(27, 31) * 1_000,
    durationSec: numberAt(31, 34),
    initialRateBump: numberAt(34, 37),
    deadlineMs: Number((amountOf('makerTraits') >> 80n) & 0xff_ffff_ffffn) * 1_000,
    escrowTerms: termsOf(partOf(bytes, POST_INTERACTION)),
  }
}

function hashOf(order: Record<string, string>, chainId: number): Hex {
  const domain = { name: '1inch Aggregation Router', version: '6', chainId, verifyingContract: CONTRACT }
  const types: Record<string, { name: string; type: string }[]> = {
    Order: FIELDS.map(([name, type]) => ({ name, type })),
  }
  const message = Object.fromEntries(FIELDS.map(([name]) => [name, order[name]?.toLowerCase()]))
  return hashTypedData({ domain, types, primaryType: 'Order', message })
}

/** The ends of an extension's parts stand in its first word, four bytes each, the first part's lowest. */
function partOf(extension: Hex, at: number): Hex {
  const endOf = (part: number): number =>
    part < 0 ? 0 : Number(slice(extension, WORD - 4 * (part + 1), WORD - 4 * part))
  return slice(extension, WORD + endOf(at - 1), WORD + endOf(at))
}

function termsOf(postInteraction: Hex): Hex[] | null {
  const from = size(postInteraction) - TERM_COUNT * WORD
  if (from < 0) return null
  return Array.from({ length: TERM_COUNT }, (_, at) =>
    slice(postInteraction, from + at * WORD, from + (at + 1) * WORD),
  )
}
