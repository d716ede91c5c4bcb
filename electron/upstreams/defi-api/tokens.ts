/** A token whose symbol and decimals are known outside the system. */
interface ListedToken {
  symbol: string
  decimals: number
}

const USDC: ListedToken = { symbol: 'USDC', decimals: 6 }
const USDT: ListedToken = { symbol: 'USDT', decimals: 6 }
const ETH: ListedToken = { symbol: 'ETH', decimals: 18 }

/** How an EVM chain's native asset stands for itself where a token address is wanted. */
const NATIVE_TOKEN = /^0x(?:0{40}|e{40})$/

/**
 * By the system's network id (1 Ethereum, 2 Tron, 4 Solana), then address: lower case where it is hex, verbatim where
 * case counts. Sources: Circle's and Tether's own lists of contracts, WETH9, Solana's wrapped-SOL mint.
 */
const LISTED: Record<number, Record<string, ListedToken>> = {
  1: {
    '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48': USDC,
    '0xdac17f958d2ee523a2206206994597c13d831ec7': USDT,
    '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2': { symbol: 'WETH', decimals: 18 },
  },
  2: { TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t: USDT },
  4: {
    EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v: USDC,
    Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB: USDT,
    So11111111111111111111111111111111111111112: { symbol: 'SOL', decimals: 9 },
  },
}

/** What is listed of a token; null when nothing is, so that its amounts stay base units. */
export function listedToken(network: number | null, token: string | null): ListedToken | null {
  const listed = network === null ? undefined : LISTED[network]
  if (listed === undefined || token === null) return null
  const address = token.startsWith('0x') ? token.toLowerCase() : token
  if (network === 1 && NATIVE_TOKEN.test(address)) return ETH
  return Object.hasOwn(listed, address) ? (listed[address] ?? null) : null
}
