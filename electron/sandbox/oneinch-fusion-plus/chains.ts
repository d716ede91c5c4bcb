/** A token of the story on one chain. */
export interface Token {
  address: string
  decimals: number
  /** What one whole token is worth in this story, US cents. */
  cents: bigint
}

/** A chain of the story. */
export interface Chain {
  chainId: number
  family: 'evm' | 'solana'
  factory: string | null
  tokens: readonly Token[]
}

const dollar = { decimals: 6, cents: 100n }
const ether = { decimals: 18, cents: 251_200n }

const FACTORY = '0xa7bcb4eac8964306f9e3764f67db6a7af6ddf99a'

const ethereum: Chain = {
  chainId: 1,
  family: 'evm',
  factory: FACTORY,
  tokens: [
    { address: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', ...dollar },
    { address: '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2', ...ether },
  ],
}

const arbitrum: Chain = {
  chainId: 42_161,
  family: 'evm',
  factory: FACTORY,
  tokens: [
    { address: '0xaf88d065e77c8cc2239327c5edb3a432268e5831', ...dollar },
    { address: '0x82af49447d8a07e3bd95bd0d56f35241523fbab1', ...ether },
  ],
}

const base: Chain = {
  chainId: 8_453,
  family: 'evm',
  factory: FACTORY,
  tokens: [
    { address: '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913', ...dollar },
    // A token that no list knows: its amounts stay base units.
    { address: '0x532f27101965dd16442e59d40670faf5ebb142e4', decimals: 18, cents: 12n },
  ],
}

const solana: Chain = {
  chainId: 501,
  family: 'solana',
  factory: null,
  tokens: [{ address: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', ...dollar }],
}

/** The chains. */
export const CHAINS: readonly Chain[] = [ethereum, arbitrum, base, solana]
