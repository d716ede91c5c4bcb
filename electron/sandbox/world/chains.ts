/** Families of chains: they differ in addresses, hashes and who can sign. */
type Family = 'evm' | 'midnight'

/** A token on a chain, by its id in the family's own form. */
export interface Token {
  id: string
  symbol: string
  decimals: number
  /** What one whole token is worth in this story, US cents. */
  cents: bigint
}

/** A chain of the story. */
export interface Chain {
  chainId: number
  name: string
  family: Family
  native: string
  blockMs: number
  finalityMs: number
  htlcAddress: string
  tokens: readonly Token[]
}

/** A way from one chain to another. */
export interface Route {
  from: Chain
  to: Chain
  /** How often it is taken, beside the others. */
  weight: number
}

const stablecoin = { symbol: 'USDC', decimals: 6, cents: 100n }
const ether = { symbol: 'WETH', decimals: 18, cents: 251_200n }

const arbitrum: Chain = {
  chainId: 421_614,
  name: 'Arbitrum Sepolia',
  family: 'evm',
  native: 'ETH',
  blockMs: 250,
  finalityMs: 60_000,
  htlcAddress: '0x5aFE3C1a9b7dA5A1bE1A6B0d2c7b6f0E94c1D421',
  tokens: [
    { id: '0x75faf114eafb1BDbe2F0316DF893fd58CE46AA4d', ...stablecoin },
    { id: '0x980B62Da83eFf3D4576C647993b0c1D7faf17c73', ...ether },
  ],
}

const base: Chain = {
  chainId: 84_532,
  name: 'Base Sepolia',
  family: 'evm',
  native: 'ETH',
  blockMs: 2_000,
  finalityMs: 60_000,
  htlcAddress: '0x8c2E4a11D0b3C97F6e5A2dF40b7E19A3c6d05B84',
  tokens: [
    { id: '0x036CbD53842c5426634e7929541eC2318f3dCF7e', ...stablecoin },
    { id: '0x4200000000000000000000000000000000000006', ...ether },
  ],
}

const midnight: Chain = {
  chainId: 2_147_483_647,
  name: 'Midnight Preprod',
  family: 'midnight',
  native: 'DUST',
  blockMs: 6_000,
  finalityMs: 18_000,
  htlcAddress: '0x4d1d6e1947a1c0de83b5f0a29e7764c3b8812fa05d9e60c7f41b3a5e90d2c68f',
  tokens: [
    {
      id: '0x00d17a5b6c0f4e3982a1b7c6d5e4f30192837465a0b1c2d3e4f5061728394a5b',
      symbol: 'mUSD',
      decimals: 6,
      cents: 100n,
    },
    {
      id: '0x00feed20c4a8715e6b93d2f01a7c8e5b4d3920176fae85c4b3d2a1f0e9d8c7b6',
      symbol: 'tNIGHT',
      decimals: 6,
      cents: 6n,
    },
  ],
}

/** The three chains. */
export const CHAINS: readonly Chain[] = [arbitrum, base, midnight]

/** The ways between them. Midnight to Midnight would stay on one chain, which is not supported. */
export const ROUTES: readonly Route[] = [
  { from: arbitrum, to: base, weight: 0.28 },
  { from: base, to: arbitrum, weight: 0.22 },
  { from: arbitrum, to: midnight, weight: 0.16 },
  { from: base, to: midnight, weight: 0.12 },
  { from: midnight, to: arbitrum, weight: 0.13 },
  { from: midnight, to: base, weight: 0.09 },
]

/** How long a lock holds by the coordinator's route policy, seconds. */
export function timelockSecOf(route: Route, side: 'source' | 'destination'): number {
  const isMidnightOnly = route.from.family === 'midnight' && route.to.family === 'midnight'
  if (side === 'source') return isMidnightOnly ? 3_600 : 2_700
  return isMidnightOnly ? 1_200 : 900
}

/** The hash of the lock: keccak256 between EVM chains in the open, sha256 for all else. */
export function hashFunctionOf(route: Route, isShielded: boolean): 'keccak256' | 'sha256' {
  const isEvmOnly = route.from.family === 'evm' && route.to.family === 'evm'
  return isEvmOnly && !isShielded ? 'keccak256' : 'sha256'
}
