import type { Leg } from '../../../shared/intent/amount.ts'
import type { Alias, Mention } from '../../../shared/intent/ids.ts'
import { MAINNET_TOKENS } from '../kit/mainnetTokens.ts'
import { isSaid } from '../kit/shape.ts'
import { amountOf, listedIn } from '../kit/tokens.ts'
import { digitsOf } from '../kit/wireValues.ts'

/** Stands for "the maker" where a receiver is wanted. */
const ZERO_ADDRESS = /^0x0{40}$/

/** One end of an order as the wire gives it. */
export interface Side {
  token: string | null | undefined
  amount: unknown
}

/** One end of an order, which is always on the feed's own chain. */
export function legOf(chainId: number | null, { token = null, amount }: Side): Partial<Leg> {
  const digits = digitsOf(amount)
  return {
    ...(chainId === null ? {} : { chainId }),
    ...(token === null ? {} : { token }),
    ...(digits === null ? {} : { amount: amountOf(digits, listedIn(MAINNET_TOKENS, chainId, token)) }),
  }
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
