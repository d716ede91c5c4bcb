/** Seconds after an escrow's creation, in the order in which the contract packs them, lowest bits first. */
export const OFFSETS_SEC = {
  srcWithdrawal: 36,
  srcPublicWithdrawal: 168,
  srcCancellation: 324,
  srcPublicCancellation: 444,
  dstWithdrawal: 12,
  dstPublicWithdrawal: 132,
  dstCancellation: 252,
} as const

/** One of the offsets. */
export type OffsetName = keyof typeof OFFSETS_SEC

/** An offset in story time, milliseconds. */
export function offsetMs(name: OffsetName): number {
  return OFFSETS_SEC[name] * 1_000
}

/** The packed uint256, with the creation of one escrow (epoch seconds), 0 where none exists yet. */
export function packedTimelocks(rate: number, deployedAtSec = 0): bigint {
  // A faster story has shorter locks, in whole seconds as on any chain.
  const fields = Object.values(OFFSETS_SEC).map((sec) => Math.max(1, Math.round(sec / rate)))
  return [...fields, deployedAtSec].reduce(
    (packed, field, at) => packed | (BigInt(field) << BigInt(32 * at)),
    0n,
  )
}

/** The same as hex digits with 0x, 32 bytes. */
export function packedHex(rate: number, deployedAtSec = 0): string {
  return `0x${packedTimelocks(rate, deployedAtSec).toString(16).padStart(64, '0')}`
}
