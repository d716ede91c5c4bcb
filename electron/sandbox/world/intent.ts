import type { Route, Token } from './chains.ts'

/** Stages in the story's own words, in forward order; the last three are ends. */
export const STAGES = [
  'submitted',
  'verified',
  'matched',
  'locking',
  'executing',
  'settlingShielded',
  'completed',
  'failed',
  'cancelled',
] as const

/** One of them. */
export type Stage = (typeof STAGES)[number]

/** Whether the maker's authorisation is proven. */
export type Proof = 'pending' | 'generating' | 'verified' | 'rejected'

/** Which end of the route. */
export type Side = 'source' | 'destination'

/** Somebody who wants to trade, with an address in each family. */
export interface Maker {
  evmAddress: string
  /** 32 bytes, the canonical form. */
  midnightKey: string
}

/** Somebody who fills. */
export interface Solver {
  address: string
  /** From 0 to 1: the chance to do what is expected. */
  reliability: number
  /** Multiplies the usual time for its own steps. */
  slowness: number
}

/** Funds locked at one end. Times are epoch milliseconds. */
export interface Lock {
  transaction: string
  atMs: number
  /** When the one who locked may take them back. */
  timelockAtMs: number
  /** How they came out; null while they are in. */
  spent: { by: 'claim' | 'refund'; transaction: string; atMs: number } | null
}

/** What a maker asked for; never changes. */
export interface Wish {
  serial: number
  /** The id that the client chose. */
  clientId: string
  maker: Maker
  route: Route
  fromToken: Token
  toToken: Token
  /** Base units, decimal. */
  amount: string
  minAmountOut: string
  nonce: string
  isShielded: boolean
  /** Who is paid in place of the maker; null when it is the maker. */
  recipient: string | null
  /** 32 bytes that unlock the funds. A live secret in the real world; here it is invented. */
  preimage: string
}

/** One intent as it stands. Times are epoch milliseconds. */
export interface WorldIntent extends Wish {
  /** Its id now: the client's, or from some moment on the one that the contract emitted. */
  id: string
  stage: Stage
  proof: Proof
  solver: Solver | null
  createdAtMs: number
  updatedAtMs: number
  proofGeneratedAtMs: number | null
  matchedAtMs: number | null
  completedAtMs: number | null
  /** Until when it may be submitted and permitted; not a timelock. */
  deadlineAtMs: number
  locks: Record<Side, Lock | null>
  /** What one chain says of the source lock: blocks on top of it. */
  confirmations: number
  error: string | null
  failureReason: string | null
  isRemoved: boolean
}

/** Whether nothing more will happen to it by itself, except that locked funds may still come out. */
export function isOver(intent: WorldIntent): boolean {
  return intent.stage === 'completed' || intent.stage === 'failed' || intent.stage === 'cancelled'
}

/** Who gives at the source and who is paid at the destination, in the family's form. */
export function addressAt(intent: Wish, side: Side): string {
  if (side === 'destination' && intent.recipient !== null) return intent.recipient
  const { family } = side === 'source' ? intent.route.from : intent.route.to
  return family === 'evm' ? intent.maker.evmAddress : intent.maker.midnightKey
}
