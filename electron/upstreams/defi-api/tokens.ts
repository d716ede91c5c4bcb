import { ETH, USDC, USDT, WETH, type TokenList } from '../kit/tokens.ts'

/**
 * By the system's network id, which is no chain id (1 Ethereum, 2 Tron, 4 Solana). Sources: Circle's and Tether's own
 * lists of contracts, WETH9, Solana's wrapped-SOL mint.
 */
export const DEFI_TOKENS: TokenList = {
  native: { 1: ETH },
  byAddress: {
    1: {
      '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48': USDC,
      '0xdac17f958d2ee523a2206206994597c13d831ec7': USDT,
      '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2': WETH,
    },
    2: { TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t: USDT },
    4: {
      EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v: USDC,
      Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB: USDT,
      So11111111111111111111111111111111111111112: { symbol: 'SOL', decimals: 9 },
    },
  },
}
