/** A token whose decimals are known outside the feed, which never says them. */
interface ListedToken {
  symbol: string
  decimals: number
}

const USDC: ListedToken = { symbol: 'USDC', decimals: 6 }
const USDT: ListedToken = { symbol: 'USDT', decimals: 6 }
const WETH: ListedToken = { symbol: 'WETH', decimals: 18 }
const ETH: ListedToken = { symbol: 'ETH', decimals: 18 }

/** How an EVM chain's native asset stands for itself where a token address is wanted. */
const NATIVE_TOKEN = /^0x(?:0{40}|e{40})$/

/** Chains whose native asset is ether. */
const ETHER_CHAINS: ReadonlySet<number> = new Set([1, 10, 130, 324, 8453, 42161, 59144])

/**
 * By chain, then address: lower case on EVM chains, verbatim on Solana, where case counts. Sources: Circle's and Tether's
 * own lists of contracts, WETH9, the OP Stack's predeploy, the tokens' own sites, Solana's wrapped-SOL mint.
 */
const LISTED: Record<number, Record<string, ListedToken>> = {
  1: {
    '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48': USDC,
    '0xdac17f958d2ee523a2206206994597c13d831ec7': USDT,
    '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2': WETH,
    '0x6b175474e89094c44da98b954eedeac495271d0f': { symbol: 'DAI', decimals: 18 },
    '0x2260fac5e5542a773aa44fbcfedf7c193bc2c599': { symbol: 'WBTC', decimals: 8 },
    '0x111111111117dc0aa78b770fa6a738034120c302': { symbol: '1INCH', decimals: 18 },
  },
  10: {
    '0x0b2c639c533813f4aa9d7837caf62653d097ff85': USDC,
    '0x4200000000000000000000000000000000000006': WETH,
  },
  137: { '0x3c499c542cef5e3811e1192ce70d8cc03d5c3359': USDC },
  501: {
    EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v: USDC,
    So11111111111111111111111111111111111111112: { symbol: 'SOL', decimals: 9 },
  },
  8453: {
    '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913': USDC,
    '0x4200000000000000000000000000000000000006': WETH,
  },
  42161: {
    '0xaf88d065e77c8cc2239327c5edb3a432268e5831': USDC,
    '0xfd086bc7cd5c481dcc9c85ebe478a1c0b69fcbb9': USDT,
    '0x82af49447d8a07e3bd95bd0d56f35241523fbab1': WETH,
  },
}

/** What is known of a token; null when nothing is, so that its amounts stay base units. */
export function listedToken(chainId: number | null, token: string | null): ListedToken | null {
  if (chainId === null || token === null) return null
  const address = token.startsWith('0x') ? token.toLowerCase() : token
  if (NATIVE_TOKEN.test(address) && ETHER_CHAINS.has(chainId)) return ETH
  const listed = LISTED[chainId]
  return listed !== undefined && Object.hasOwn(listed, address) ? (listed[address] ?? null) : null
}
