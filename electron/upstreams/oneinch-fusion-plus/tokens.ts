import type { Amount } from '../../../shared/intent/amount.ts'
import { numberText } from '../kit/exactJson.ts'

/** A token whose decimals are documented outside the API, which never says them. */
interface ListedToken {
  symbol: string
  decimals: number
}

const USDC: ListedToken = { symbol: 'USDC', decimals: 6 }
const WETH: ListedToken = { symbol: 'WETH', decimals: 18 }

/** How an EVM chain's native asset stands for itself where a token address is wanted. */
const NATIVE_TOKEN = /^0x(?:0{40}|e{40})$/

/** The native assets of the chains here; all EVM ones have 18 decimals. */
const NATIVE: Record<number, string> = {
  1: 'ETH',
  10: 'ETH',
  56: 'BNB',
  100: 'xDAI',
  130: 'ETH',
  137: 'POL',
  146: 'S',
  324: 'ETH',
  8453: 'ETH',
  42161: 'ETH',
  43114: 'AVAX',
  59144: 'ETH',
}

/**
 * By chain, then lower-case address (Solana: as it is). Sources: Circle's list of USDC contracts, Tether's list of
 * supported protocols, the predeploys of OP Stack chains, and the WETH contracts that the chains themselves document.
 */
const LISTED: Record<number, Record<string, ListedToken>> = {
  1: {
    '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48': USDC,
    '0xdac17f958d2ee523a2206206994597c13d831ec7': { symbol: 'USDT', decimals: 6 },
    '0x6b175474e89094c44da98b954eedeac495271d0f': { symbol: 'DAI', decimals: 18 },
    '0x2260fac5e5542a773aa44fbcfedf7c193bc2c599': { symbol: 'WBTC', decimals: 8 },
    '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2': WETH,
  },
  10: {
    '0x0b2c639c533813f4aa9d7837caf62653d097ff85': USDC,
    '0x4200000000000000000000000000000000000006': WETH,
  },
  137: {
    '0x3c499c542cef5e3811e1192ce70d8cc03d5c3359': USDC,
    '0x7ceb23fd6bc0add59e62ac25578270cff1b9f619': WETH,
  },
  501: { EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v: USDC },
  8453: {
    '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913': USDC,
    '0x4200000000000000000000000000000000000006': WETH,
  },
  42161: {
    '0xaf88d065e77c8cc2239327c5edb3a432268e5831': USDC,
    '0x82af49447d8a07e3bd95bd0d56f35241523fbab1': WETH,
  },
  43114: { '0xb97ef9ef8734c71904d8002f8b6bc66dd9c48a6e': USDC },
}

/** An exact amount. Its decimals are known where the token is listed. */
export function amountOf(value: unknown, chainId: number | null, token: string | null): Amount {
  const amountRaw = typeof value === 'string' ? value : (numberText(value) ?? '')
  const listed = listedToken(chainId, token)
  return listed === null
    ? { amountRaw, decimals: null, decimalsOrigin: 'unknown', symbol: null }
    : { amountRaw, ...listed, decimalsOrigin: 'list' }
}

/** What is documented of a token; null when nothing is, so that its amounts stay base units. */
function listedToken(chainId: number | null, token: string | null): ListedToken | null {
  if (chainId === null || token === null) return null
  const symbol = NATIVE[chainId]
  if (symbol !== undefined && NATIVE_TOKEN.test(token.toLowerCase())) return { symbol, decimals: 18 }
  return LISTED[chainId]?.[token] ?? LISTED[chainId]?.[token.toLowerCase()] ?? null
}
