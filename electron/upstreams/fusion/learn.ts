import type { Deadline } from '../../../shared/intent/deadline.ts'
import type { Learned, TransactionRef } from '../../../shared/intent/fact.ts'
import { numberText } from '../kit/exactJson.ts'
import { isJsonObject, type JsonObject } from '../kit/shape.ts'
import { detailText, instantOf } from '../kit/wireValues.ts'
import { isMakersRefund, maySayDone } from './refundWords.ts'

/** Most leaves of one object that are looked at: documented ones have fewer than twenty. */
const MOST_LEAVES = 200

/** Below it a number is a length of time, not an instant: 10^9 s is the year 2001. */
const FIRST_INSTANT = 1e9

/** One scalar inside a value. */
interface Leaf {
  /** Keys from the root, joined by dots. */
  path: string
  value: unknown
}

/** Every scalar inside a value, in order, nulls left out. */
export function leavesOf(value: unknown, path = '', found: Leaf[] = []): Leaf[] {
  if (found.length >= MOST_LEAVES || value === null || value === undefined) return found
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) leavesOf(item, `${path}[${at}]`, found)
  } else if (isJsonObject(value)) {
    for (const [key, inner] of Object.entries(value))
      leavesOf(inner, path === '' ? key : `${path}.${key}`, found)
  } else found.push({ path, value })
  return found
}

/** Transactions of `txHashes`, whose shape nobody has documented: text, list, or object by label. */
export function transactionsOf(
  value: unknown,
  chains: { from: number | null; to: number | null },
): TransactionRef[] {
  const refs: TransactionRef[] = []
  const add = (label: string, item: unknown): void => {
    if (refs.length >= MOST_LEAVES) return
    if (typeof item === 'string' && item !== '') {
      refs.push({ label, chainId: chainByLabel(label, chains), hash: item })
    } else if (Array.isArray(item)) {
      for (const [at, inner] of item.entries()) add(`${label} ${at + 1}`, inner)
    } else if (isJsonObject(item)) addObject(label, item)
  }
  const addObject = (label: string, item: JsonObject): void => {
    const hash = item['hash'] ?? item['txHash'] ?? item['transactionHash']
    if (typeof hash !== 'string') {
      for (const [key, inner] of Object.entries(item))
        add(label === 'transaction' ? key : `${label} ${key}`, inner)
      return
    }
    const own = [item['label'], item['type'], item['name']].find((name) => typeof name === 'string')
    const chain = Number(item['chainId'] ?? item['chain'] ?? Number.NaN)
    const named = own ?? label
    refs.push({
      label: named,
      chainId: Number.isSafeInteger(chain) ? chain : chainByLabel(named, chains),
      hash,
    })
  }
  add('transaction', value)
  return refs
}

function chainByLabel(label: string, chains: { from: number | null; to: number | null }): number | null {
  if (/source|src|from/i.test(label)) return chains.from
  return /dest|dst|target/i.test(label) ? chains.to : null
}

/** The locks' own timelocks, wherever a body names them with their side; lengths of time tell no instant and are left out. */
export function timelocksIn(body: unknown): Deadline[] {
  const deadlines = new Map<string, Deadline>()
  for (const { path, value } of leavesOf(body)) {
    if (!/time_?lock|timeout|expir/i.test(path)) continue
    const side = path.match(/source|src|dest|dst/gi)?.at(-1)
    const atMs = instantOf(value)
    const isLength = Number(numberText(value) ?? value) < FIRST_INSTANT
    if (side === undefined || atMs === null || isLength) continue
    const kind = /^s/i.test(side) ? 'sourceTimelock' : 'destinationTimelock'
    if (!deadlines.has(kind)) deadlines.set(kind, { kind, atMs })
  }
  return [...deadlines.values()]
}

/** What a frame says of refunds to the maker. */
export interface Refunds extends Pick<Learned, 'fundsReleased'> {
  details: Record<string, string>
}

/**
 * What fields and transactions about a refund say (their names are not documented), and whether they prove that the maker has the
 * money back: a time of it does, and a transaction unless the words beside it say that the refund is not done.
 */
export function refundsIn(frame: JsonObject, transactions: readonly TransactionRef[]): Refunds {
  const details: Record<string, string> = {}
  const words: string[] = []
  let hasTransaction = transactions.some(({ label }) => isMakersRefund(label))
  let atMs: number | null = null
  for (const [key, value] of Object.entries(frame)) {
    if (!/refund/i.test(key)) continue
    for (const leaf of leavesOf(value, key)) {
      details[leaf.path] = detailText(leaf.value)
      if (!isMakersRefund(leaf.path)) continue
      if (/refund(?:ed|_?(?:completed|confirmed))_?at$/i.test(leaf.path)) atMs = instantOf(leaf.value) ?? atMs
      else if (/status|state/i.test(leaf.path)) words.push(detailText(leaf.value))
      else if (/tx|hash/i.test(leaf.path) && isHash(leaf.value)) hasTransaction = true
    }
  }
  const isReleased = atMs !== null || (hasTransaction && maySayDone(words))
  return isReleased ? { details, fundsReleased: { atMs } } : { details }
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^(?:0x)?[0-9a-f]{64}$/i.test(value)
}
