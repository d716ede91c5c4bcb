/** A token whose decimals are documented outside the backend, which never says them. */
interface ListedToken {
  symbol: string
  decimals: number
}

const USDC: ListedToken = { symbol: 'USDC', decimals: 6 }
const WETH: ListedToken = { symbol: 'WETH', decimals: 18 }
const ETH: ListedToken = { symbol: 'ETH', decimals: 18 }

/** How an EVM chain's native asset stands for itself where a token address is wanted. */
const NATIVE_TOKEN = /^0x(?:0{40}|e{40})$/

/**
 * By chain, then lower-case address. Sources: Circle's list of USDC contracts (testnets), the chains' own lists of
 * bridged contracts (Arbitrum Sepolia's WETH; Base Sepolia's is an OP Stack predeploy).
 */
const LISTED: Record<number, Record<string, ListedToken>> = {
  421614: {
    '0x75faf114eafb1bdbe2f0316df893fd58ce46aa4d': USDC,
    '0x980b62da83eff3d4576c647993b0c1d7faf17c73': WETH,
  },
  84532: {
    '0x036cbd53842c5426634e7929541ec2318f3dcf7e': USDC,
    '0x4200000000000000000000000000000000000006': WETH,
  },
}

/** What is documented of a token; null when nothing is, so that its amounts stay base units. */
export function listedToken(chainId: number | null, token: string | null): ListedToken | null {
  if (chainId === null || token === null) return null
  const listed = LISTED[chainId]
  if (listed === undefined) return null
  const address = token.toLowerCase()
  return NATIVE_TOKEN.test(address) ? ETH : (listed[address] ?? null)
}
