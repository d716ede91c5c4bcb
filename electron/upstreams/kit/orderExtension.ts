import type { Hex } from 'viem'
import type { LimitOrder } from './limitOrder.ts'
import { viem } from './viem.ts'

// What hangs on a limit order and is bound to it by its salt. Source: @1inch/limit-order-sdk 5.2.2, `extensions/extension.js`
// and `LimitOrder.buildSalt`; of the auction: @1inch/fusion-sdk 2.4.15, `auction-details.js`.

/** The parts of an extension in their order; the ends of all stand packed in its first 32 bytes. */
const PARTS = [
  'makerAssetSuffix',
  'takerAssetSuffix',
  'makingAmountData',
  'takingAmountData',
  'predicate',
  'makerPermit',
  'preInteraction',
  'postInteraction',
] as const

const OFFSETS_BYTES = 32
const OFFSET_BITS = 32n
const OFFSET_MASK = 0xffff_ffffn

/** The salt ends with as many bits of the extension's hash as an address has. */
const BOUND_MASK = (1n << 160n) - 1n

/** `makerTraits` says with this bit that there is an extension. */
const HAS_EXTENSION_BIT = 249n

/** Bytes before an auction's start in the data of an amount: an address, the gas bump and the gas price. */
const BEFORE_START_BYTES = 20 + 3 + 4
const START_BYTES = 4
const DURATION_BYTES = 3

/** One of the parts. */
type ExtensionPart = (typeof PARTS)[number]

/** Whether the order was signed with this extension. */
export function isBoundTo({ salt, makerTraits }: LimitOrder, extension: string): boolean {
  const hasExtension = ((BigInt(makerTraits) >> HAS_EXTENSION_BIT) & 1n) === 1n
  if (bytesIn(extension) === 0) return !hasExtension
  const hash = BigInt(viem().keccak256(extension as Hex))
  return hasExtension && (BigInt(salt) & BOUND_MASK) === (hash & BOUND_MASK)
}

/** One part of an extension as hex digits with `0x`; null when the extension cannot be taken apart. */
export function partOf(extension: string, part: ExtensionPart): string | null {
  const total = bytesIn(extension)
  if (total < OFFSETS_BYTES) return null
  const offsets = BigInt(extension.slice(0, 2 + 2 * OFFSETS_BYTES))
  const endOf = (at: number): number =>
    at < 0 ? 0 : Number((offsets >> (OFFSET_BITS * BigInt(at))) & OFFSET_MASK)
  const at = PARTS.indexOf(part)
  const [from, to] = [endOf(at - 1), endOf(at)]
  return from <= to && OFFSETS_BYTES + to <= total
    ? `0x${digits(extension, OFFSETS_BYTES + from, OFFSETS_BYTES + to)}`
    : null
}

/** When the auction of an order begins and ends, epoch milliseconds; null when its extension does not say. */
export function auctionIn(extension: string): { startMs: number; endMs: number } | null {
  const data = partOf(extension, 'makingAmountData')
  const end = BEFORE_START_BYTES + START_BYTES + DURATION_BYTES
  if (data === null || bytesIn(data) < end) return null
  const startSec = numberAt(data, BEFORE_START_BYTES, START_BYTES)
  const durationSec = numberAt(data, BEFORE_START_BYTES + START_BYTES, DURATION_BYTES)
  return startSec === 0 ? null : { startMs: startSec * 1_000, endMs: (startSec + durationSec) * 1_000 }
}

function numberAt(bytes: string, from: number, length: number): number {
  return Number.parseInt(digits(bytes, from, from + length), 16)
}

function digits(bytes: string, from: number, to: number): string {
  return bytes.slice(2 + 2 * from, 2 + 2 * to)
}

function bytesIn(hex: string): number {
  return Math.max(0, hex.length - 2) / 2
}
