import type { Parts } from '../../../shared/intent/fact.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { partOf } from '../kit/orderExtension.ts'

// Hashes that lock the escrows of an order: keccak256 of a secret, or of a tree of several. They are public.
// Source: @1inch/cross-chain-sdk, `EscrowExtension.encodeExtraData`, `HashLock`.

/** Behind all else in an extension stand five words about the escrows; the first is the hashlock. */
const TERMS_BYTES = 5 * 32
const WORD_BYTES = 32

/** Most hashes of one order that are kept: documented orders have up to a few dozen parts. */
const MOST_HASHES = 1_000

const HASH = /^0x[0-9a-f]{64}$/i

/** The hashlock that an order's extension carries, lower case; null where there is none. */
export function hashlockIn(extension: string): string | null {
  const terms = partOf(extension, 'postInteraction')
  if (terms === null || terms.length < 2 + 2 * TERMS_BYTES) return null
  const from = terms.length - 2 * TERMS_BYTES
  return `0x${terms.slice(from, from + 2 * WORD_BYTES)}`.toLowerCase()
}

/** What an answer or event tells of an order's hashes, as `parts`: `order` has the hashlock, each idx the hash of its secret. */
export function hashlockParts(said: {
  extension?: unknown
  hashlock?: unknown
  secretHashes?: unknown
}): Parts {
  const { extension, hashlock, secretHashes } = said
  const whole = typeof extension === 'string' ? hashlockIn(extension) : hashlock
  const hashes = Array.isArray(secretHashes) ? secretHashes.slice(0, MOST_HASHES) : []
  const named: [string, unknown][] = [
    ['order', whole],
    ...hashes.map((hash: unknown, idx): [string, unknown] => [String(idx), hash]),
  ]
  const good = named.flatMap(([name, hash]) =>
    typeof hash === 'string' && HASH.test(hash) ? [[name, { hash: hash.toLowerCase() }] as const] : [],
  )
  return good.length === 0 ? {} : { hashlocks: Object.fromEntries(good) }
}

/**
 * Which of an order's secrets has this hash: its idx. `none` when it is none of them, `unknown` when their hashes are not known.
 */
export function idxOfHash({ parts, details }: Pick<Intent, 'parts' | 'details'>, hash: string): string {
  const { order, ...bySecret } = parts['hashlocks'] ?? {}
  if (order?.['hash'] === hash) return '0'
  const found = Object.entries(bySecret).find(([, known]) => known['hash'] === hash)
  if (found !== undefined) return found[0]
  // A hashlock alone may stand for a tree of hashes, whose leaves only the maker knows.
  const isOnly = order !== undefined && details['order type'] === 'SingleFill'
  return isOnly || Object.keys(bySecret).length > 0 ? 'none' : 'unknown'
}
