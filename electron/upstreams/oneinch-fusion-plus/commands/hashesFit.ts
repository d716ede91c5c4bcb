import type { Hex } from 'viem'
import type { Condition, Given, Verdict } from '../../command.ts'
import type { LimitOrder } from '../../kit/limitOrder.ts'
import { met, unknown, unmet } from '../../kit/verdict.ts'
import { viem } from '../../kit/viem.ts'
import { hashlockIn } from '../hashlock.ts'
import type { FusionPlusSettings } from '../index.ts'

// Source: @1inch/cross-chain-sdk, `HashLock`: the leaves of OpenZeppelin's tree, sorted, and the number of parts in the
// highest 16 bits of its root.

/** `makerTraits` says with this bit that several resolvers may each fill a part. */
const MULTIPLE_FILLS_BIT = 254n

const PARTS_SHIFT = 240n
const BELOW_PARTS = (1n << PARTS_SHIFT) - 1n

interface Hashed {
  order: LimitOrder
  extension: string
  secretHashes?: string[] | undefined
}

/** A resolver locks funds under the signed hashlock: with other secrets than those of their hashes nobody could ever unlock them. */
export const hashesFit: Condition<Given<Hashed, FusionPlusSettings>> = {
  name: 'secret hashes as signed',
  check: ({ input }) => fit(input),
}

function fit({ order, extension, secretHashes = [] }: Hashed): Verdict {
  const hashlock = hashlockIn(extension)
  if (hashlock === null) return unknown('The extension carries no hashlock that can be read.')
  const isForParts = ((BigInt(order.makerTraits) >> MULTIPLE_FILLS_BIT) & 1n) === 1n
  const [only, ...more] = secretHashes
  if (isForParts) {
    if (more.length === 0)
      return unmet(
        'The order may be filled in parts: secretHashes has to hold the hash of each part’s secret.',
      )
    return hashlock === hashlockOfParts(secretHashes as Hex[])
      ? met(`For ${more.length} parts.`)
      : unmet(OTHER)
  }
  if (more.length > 0) return unmet('The order is filled at once, and secretHashes holds more than one hash.')
  return only === undefined || only.toLowerCase() === hashlock ? met() : unmet(OTHER)
}

const OTHER = 'secretHashes are not those that the order was signed with: its hashlock is another.'

/** The hashlock of an order whose parts have these hashes. */
function hashlockOfParts(hashes: readonly Hex[]): string {
  const { concatHex, encodePacked, keccak256 } = viem()
  const leaves = hashes.map((hash, idx) =>
    keccak256(encodePacked(['uint64', 'bytes32'], [BigInt(idx), hash])),
  )
  // The tree is a list: the children of node i stand at 2i + 1 and 2i + 2, the sorted leaves last and backwards.
  const tree: Hex[] = [...leaves.slice(1).map((): Hex => '0x'), ...leaves.sort().reverse()]
  for (let node = leaves.length - 2; node >= 0; node -= 1)
    tree[node] = keccak256(concatHex(tree.slice(2 * node + 1, 2 * node + 3).sort()))
  const root = BigInt(tree[0] ?? '0x0')
  const locked = (BigInt(hashes.length - 1) << PARTS_SHIFT) | (root & BELOW_PARTS)
  return `0x${locked.toString(16).padStart(64, '0')}`
}
