import { ETH, USDC, USDT, WETH, type TokenList } from './tokens.ts'

/**
 * Tokens of the main networks, by chain id (501 is Solana). Sources: Circle's and Tether's own lists of contracts, WETH9
 * and the WETH contracts that chains document, the OP Stack's predeploy, the tokens' own sites, Solana's wrapped-SOL mint.
 */
export const MAINNET_TOKENS: TokenList = {
  native: {
    1: ETH,
    10: ETH,
    56: { symbol: 'BNB', decimals: 18 },
    100: { symbol: 'xDAI', decimals: 18 },
    130: ETH,
    137: { symbol: 'POL', decimals: 18 },
    146: { symbol: 'S', decimals: 18 },
    324: ETH,
    8453: ETH,
    42161: ETH,
    43114: { symbol: 'AVAX', decimals: 18 },
    59144: ETH,
  },
  byAddress: {
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
    137: {
      '0x3c499c542cef5e3811e1192ce70d8cc03d5c3359': USDC,
      '0x7ceb23fd6bc0add59e62ac25578270cff1b9f619': WETH,
    },
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
    43114: { '0xb97ef9ef8734c71904d8002f8b6bc66dd9c48a6e': USDC },
  },
}
