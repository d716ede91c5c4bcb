import type { Amount, Leg } from '../../../shared/intent/amount.ts'
import type { DriftFact, IntentFact } from '../../../shared/intent/fact.ts'
import type { Alias, Mention } from '../../../shared/intent/ids.ts'
import { toEpochMs } from '../../../shared/intent/time.ts'
import { exactText, numberText } from '../kit/exactJson.ts'
import { isSaid } from '../kit/shape.ts'
import { listedToken } from './tokens.ts'

/** Longest text of a detail, characters: what fits on a panel; the journal has the whole. */
const LONGEST_DETAIL = 2_000

/** Stands for "the maker" where a receiver is wanted. */
const ZERO_ADDRESS = /^0x0{40}$/

/** One end of an order as the wire gives it. */
export interface Side {
  token: string | null | undefined
  amount: unknown
}

/** An instant as the wire gives it, epoch milliseconds; null when absent or not a time. */
export function instantOf(value: unknown): number | null {
  return toEpochMs(typeof value === 'string' ? value : Number(numberText(value) ?? Number.NaN))
}

/** Base units as decimal digits; null when not said. */
export function digitsOf(value: unknown): string | null {
  return typeof value === 'string' ? value : numberText(value)
}

/** An exact amount. Its decimals are known where the token is listed. */
function amountOf(amountRaw: string, chainId: number | null, token: string | null): Amount {
  const listed = listedToken(chainId, token)
  return listed === null
    ? { amountRaw, decimals: null, decimalsOrigin: 'unknown', symbol: null }
    : { amountRaw, ...listed, decimalsOrigin: 'list' }
}

/** One end of an order, which is always on the feed's own chain. */
export function legOf(chainId: number | null, { token = null, amount }: Side): Partial<Leg> {
  const digits = digitsOf(amount)
  return {
    ...(chainId === null ? {} : { chainId }),
    ...(token === null ? {} : { token }),
    ...(digits === null ? {} : { amount: amountOf(digits, chainId, token) }),
  }
}

/** The texts of those fields that were said. */
export function textsOf(fields: Record<string, unknown>): Record<string, string> {
  const said = Object.entries(fields).filter(([, value]) => isSaid(value) && value !== '')
  return Object.fromEntries(said.map(([name, value]) => [name, detailText(value)]))
}

/** An order's only name. */
export function aliasesOf(orderHash: string): Alias[] {
  return [{ kind: 'orderHash', value: orderHash }]
}

/** What else an order can be found by; what was not said, and the zero address, is left out. */
export function mentionsOf(named: [kind: string, value: string | null | undefined][]): Mention[] {
  return named.flatMap(([kind, value]) =>
    isSaid(value) && value !== '' && !ZERO_ADDRESS.test(value) ? [{ kind, value }] : [],
  )
}

/** A fact about an order; what is not given says nothing. The wire's frames carry no time of their own. */
export function orderFact(
  given: Pick<IntentFact, 'kind' | 'aliases' | 'key'> & Partial<IntentFact>,
): IntentFact {
  return {
    about: 'intent',
    mentions: [],
    atMs: null,
    emittedAtMs: null,
    claim: null,
    learned: {},
    flags: [],
    ...given,
  }
}

/** Amounts that came as JSON numbers, which another reader may have rounded. */
export function lossyNumbers(where: string, fields: Record<string, unknown>): DriftFact[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const what = numberText(value)
    return what === null ? [] : [{ about: 'drift', kind: 'lossy-number', where: `${where}.${field}`, what }]
  })
}

/** Times that were said and are none. */
export function strangeTimes(where: string, fields: Record<string, unknown>): DriftFact[] {
  return Object.entries(fields).flatMap(([field, value]) =>
    !isSaid(value) || instantOf(value) !== null
      ? []
      : [
          {
            about: 'drift',
            kind: 'unknown-word',
            where: `${where}.${field}`,
            what: detailText(value).slice(0, 64),
          },
        ],
  )
}

function detailText(value: unknown): string {
  const text = typeof value === 'string' ? value : exactText(value)
  return text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)}…` : text
}
