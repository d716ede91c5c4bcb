import { createHash } from 'node:crypto'
import type { Maker } from '../world/intent.ts'

/** A token of the story. */
export interface Token {
  /** The system's own id of it. */
  id: string
  symbol: string
  name: string
  address: string
  decimals: number
  /** What one whole token is worth in this story, US cents. */
  cents: bigint
}

/** A network by the system's internal id, which is no chain id. */
export interface Network {
  id: number
  name: string
  type: 'EVM' | 'Tron' | 'Solana' | 'Bitcoin'
  /** How an intent from here is approved. */
  approval: 'permit2' | 'cosign' | 'htlc'
  tokens: readonly Token[]
}

const usd = { cents: 100n, decimals: 6 }

/** 1, 2 and 4 are as documented; the page does not give Bitcoin's id, and 3 is invented here. */
export const NETWORKS: readonly [Network, ...Network[]] = [
  {
    id: 1,
    name: 'Ethereum',
    type: 'EVM',
    approval: 'permit2',
    tokens: [
      {
        id: '101',
        symbol: 'USDC',
        name: 'USD Coin',
        address: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
        ...usd,
      },
      {
        id: '102',
        symbol: 'USDT',
        name: 'Tether',
        address: '0xdAC17F958D2ee523a2206206994597C13D831ec7',
        ...usd,
      },
      {
        id: '103',
        symbol: 'WETH',
        name: 'Wrapped Ether',
        address: '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2',
        decimals: 18,
        cents: 251_200n,
      },
    ],
  },
  {
    id: 2,
    name: 'Tron',
    type: 'Tron',
    approval: 'permit2',
    tokens: [
      {
        id: '201',
        symbol: 'USDT',
        name: 'Tether',
        address: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
        ...usd,
      },
    ],
  },
  {
    id: 4,
    name: 'Solana',
    type: 'Solana',
    approval: 'cosign',
    tokens: [
      {
        id: '401',
        symbol: 'USDC',
        name: 'USD Coin',
        address: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
        ...usd,
      },
      {
        id: '402',
        symbol: 'SOL',
        name: 'Wrapped SOL',
        address: 'So11111111111111111111111111111111111111112',
        decimals: 9,
        cents: 14_000n,
      },
    ],
  },
  {
    id: 3,
    name: 'Bitcoin',
    type: 'Bitcoin',
    approval: 'htlc',
    tokens: [{ id: '301', symbol: 'BTC', name: 'Bitcoin', address: 'BTC', decimals: 8, cents: 9_100_000n }],
  },
]

/** The address of a maker in a network's own form, so that one maker can be followed from system to system. */
export function addressOn({ type }: Network, { evmAddress, midnightKey }: Maker): string {
  const account = Buffer.from(evmAddress.slice(2), 'hex')
  switch (type) {
    case 'EVM':
      return evmAddress
    case 'Tron':
      return checked(0x41, account)
    case 'Solana':
      return base58(Buffer.from(midnightKey.slice(2), 'hex'))
    case 'Bitcoin':
      return checked(0x00, account)
  }
}

const DIGITS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Base58 with a version in front and four bytes of a double SHA-256 behind, as Bitcoin and Tron write addresses. */
function checked(version: number, account: Buffer): string {
  const body = Buffer.concat([Buffer.from([version]), account])
  const sum = sha256(sha256(body)).subarray(0, 4)
  return base58(Buffer.concat([body, sum]))
}

/** Base58 as Bitcoin, Tron and Solana write it. */
export function base58(bytes: Buffer): string {
  let left = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  for (; left > 0n; left /= 58n) text = (DIGITS[Number(left % 58n)] ?? '') + text
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return '1'.repeat(Math.max(0, zeros)) + text
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
