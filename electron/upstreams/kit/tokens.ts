import type { Amount } from '../../../shared/intent/amount.ts'

/** A token whose symbol and decimals are known outside the system, which does not say them. */
export interface ListedToken {
  symbol: string
  decimals: number
}

/** The tokens that are known, by chain as the system numbers it. */
export interface TokenList {
  /** What each EVM chain pays for gas with. */
  native: Readonly<Record<number, ListedToken>>
  /** By chain, then address: lower case where it is hex, verbatim where case counts (Solana, Tron). */
  byAddress: Readonly<Record<number, Readonly<Record<string, ListedToken>>>>
}

export const ETH: ListedToken = { symbol: 'ETH', decimals: 18 }
export const WETH: ListedToken = { symbol: 'WETH', decimals: 18 }
export const USDC: ListedToken = { symbol: 'USDC', decimals: 6 }
export const USDT: ListedToken = { symbol: 'USDT', decimals: 6 }

/** How an EVM chain's native asset stands for itself where a token address is wanted. */
const NATIVE_TOKEN = /^0x(?:0{40}|e{40})$/

/** What a list knows of a token; null when nothing, so that its amounts stay base units. */
export function listedIn(list: TokenList, chain: number | null, token: string | null): ListedToken | null {
  if (chain === null || token === null) return null
  const address = /^0x/i.test(token) ? token.toLowerCase() : token
  if (NATIVE_TOKEN.test(address)) return list.native[chain] ?? null
  const tokens = list.byAddress[chain] ?? {}
  return Object.hasOwn(tokens, address) ? (tokens[address] ?? null) : null
}

/** An exact amount. Its decimals are known where the token is listed. */
export function amountOf(amountRaw: string, listed: ListedToken | null): Amount {
  return listed === null
    ? { amountRaw, decimals: null, decimalsOrigin: 'unknown', symbol: null }
    : { amountRaw, ...listed, decimalsOrigin: 'list' }
}
