/** One end of a swap. */
export type Side = 'source' | 'destination'

/** What may be done with an escrow from an instant on. */
export interface TimelockWindow {
  /** The name of its offset; `finality` before the first. */
  name: 'finality' | TimelockName
  /** Begins at, epoch milliseconds by the block's clock; lasts until the next one begins. */
  fromMs: number
}

/** The seven offsets of a packed timelock in its own order, lowest 32 bits first; `deployedAt` stands above them. */
export const TIMELOCK_NAMES = [
  'sourceWithdrawal',
  'sourcePublicWithdrawal',
  'sourceCancellation',
  'sourcePublicCancellation',
  'destinationWithdrawal',
  'destinationPublicWithdrawal',
  'destinationCancellation',
] as const

/** One of them. */
export type TimelockName = (typeof TIMELOCK_NAMES)[number]

/** Seconds after the creation of the escrow that the name speaks of. */
export type TimelockOffsets = Record<TimelockName, number>

/** What a packed uint256 of timelocks says. */
export interface Timelocks {
  offsetsSec: TimelockOffsets
  /** Creation of the escrow, epoch milliseconds; null where the system leaves it out (an order before its escrows). */
  deployedAtMs: number | null
}

/** A packed uint256 has at most this many digits, decimal (78) or hex with its `0x` (66). */
const PACKED = /^(?:0x[0-9a-f]{1,64}|\d{1,78})$/i

const FIELD_BITS = 32n
const FIELD_MASK = 0xffff_ffffn
const DEPLOYED_AT_FIELD = BigInt(TIMELOCK_NAMES.length)

/** Unpacks eight uint32 of one uint256, in decimal or hex; null for anything else. Source: TimelocksLib.sol. */
export function timelocksOf(packed: string): Timelocks | null {
  if (!PACKED.test(packed)) return null
  const bits = BigInt(packed)
  if (bits >> (FIELD_BITS * (DEPLOYED_AT_FIELD + 1n)) !== 0n) return null
  const field = (at: bigint): number => Number((bits >> (FIELD_BITS * at)) & FIELD_MASK)
  const offsets = TIMELOCK_NAMES.map((name, at) => [name, field(BigInt(at))] as const)
  const deployedAtSec = field(DEPLOYED_AT_FIELD)
  return {
    offsetsSec: Object.fromEntries(offsets) as TimelockOffsets,
    deployedAtMs: deployedAtSec === 0 ? null : deployedAtSec * 1_000,
  }
}

/** When each window of one escrow begins, oldest first: the offsets count from that escrow's own creation. */
export function windowsOf(offsetsSec: TimelockOffsets, side: Side, deployedAtMs: number): TimelockWindow[] {
  const later = TIMELOCK_NAMES.filter((name) => name.startsWith(side)).map((name) => ({
    name,
    fromMs: deployedAtMs + offsetsSec[name] * 1_000,
  }))
  return [{ name: 'finality', fromMs: deployedAtMs }, ...later]
}
