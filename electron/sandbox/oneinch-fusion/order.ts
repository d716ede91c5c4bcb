import type { Random } from '../kit/random.ts'
import type { SignedOrder } from '../kit/signedOrder.ts'
import type { Cast } from '../world/cast.ts'

/** What 1inch calls the state of an order. */
export type OrderStatus =
  | 'awaiting-signatures'
  | 'pending'
  | 'partially-filled'
  | 'filled'
  | 'expired'
  | 'cancelled'
  | 'not-enough-balance-or-allowance'
  | 'false-predicate'
  | 'wrong-permit'
  | 'invalid-signature'

/** One fill; amounts in base units. */
interface OrderFill {
  txHash: string
  filledMakerAmount: bigint
  filledAuctionTakerAmount: bigint
}

/** One order of the story. Instants are epoch milliseconds, amounts base units. */
export interface SandboxOrder {
  orderHash: string
  quoteId: string
  signature: string
  salt: string
  maker: string
  makerAsset: string
  takerAsset: string
  makingAmount: bigint
  /** The least that is paid, at the end of the auction. */
  takingAmount: bigint
  createdAtMs: number
  startMs: number
  durationSec: number
  deadlineMs: number
  initialRateBump: number
  points: { delay: number; coefficient: number }[]
  status: OrderStatus
  remaining: bigint
  balance: bigint
  allowance: bigint
  fills: OrderFill[]
  cancelTx: string | null
  /** As its maker submitted it; null for an order of the story. */
  submitted: Pick<SignedOrder, 'order' | 'extension'> | null
}

interface Token {
  address: string
  /** Base units that one cent buys, as a numerator and a denominator. */
  perCent: readonly [bigint, bigint]
}

const USDC: Token = { address: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', perCent: [10_000n, 1n] }
const DAI: Token = { address: '0x6b175474e89094c44da98b954eedeac495271d0f', perCent: [10n ** 16n, 1n] }
const WETH: Token = { address: '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2', perCent: [10n ** 18n, 251_200n] }
const WBTC: Token = {
  address: '0x2260fac5e5542a773aa44fbcfedf7c193bc2c599',
  perCent: [10n ** 8n, 6_420_000n],
}
/** A token that no list knows, so that its amounts stay base units on a screen. */
const OBSCURE: Token = {
  address: '0x5ca1ab1e0ddba11c0ffee0ddba11c0ffee0ddba1',
  perCent: [7n * 10n ** 9n, 1n],
}

const TOKENS: readonly Token[] = [USDC, USDC, WETH, WETH, DAI, WBTC, OBSCURE]

/** Least part of the value that the auction may end at, per mille, and the most that it begins above. */
const LEAST_PER_MILLE = 990n
const MOST_BUMP = 400_000

/** Between signing and the beginning of the auction, milliseconds. */
const LEAD_MS = 12_000

/** Between the end of the auction and the deadline: the SDK's own default, seconds. */
const EXPIRATION_SEC = 12

/** Lengths of the SDK's presets, seconds, and one that is as long as an order may stand. */
const DURATIONS = [180, 180, 360, 360, 600, 3_600]

/** A new order, before anything happened to it. `wallMs` turns story time since its beginning into an instant. */
export function newOrder(random: Random, cast: Cast, wallMs: (afterMs: number) => number): SandboxOrder {
  const source = random.pick(TOKENS)
  const destination = random.pick(TOKENS.filter((token) => token !== source))
  const cents = BigInt(Math.round(random.around(150_000, 1.4)) + 500)
  const durationSec = random.pick(DURATIONS)
  const initialRateBump = random.integer(20_000, MOST_BUMP)
  const makingAmount = worth(source, cents)
  return {
    orderHash: random.hex(32),
    quoteId: uuidOf(random),
    signature: random.hex(65),
    salt: BigInt(random.hex(32)).toString(),
    maker: cast.pickMaker(random).evmAddress.toLowerCase(),
    makerAsset: source.address,
    takerAsset: destination.address,
    makingAmount,
    takingAmount: (worth(destination, cents) * LEAST_PER_MILLE) / 1_000n,
    createdAtMs: wallMs(0),
    startMs: wallMs(LEAD_MS),
    durationSec,
    deadlineMs: wallMs(LEAD_MS + (durationSec + EXPIRATION_SEC) * 1_000),
    initialRateBump,
    points: [
      { delay: Math.round(durationSec / 4), coefficient: Math.round(initialRateBump * 0.55) },
      { delay: Math.round(durationSec / 3), coefficient: Math.round(initialRateBump * 0.2) },
    ],
    status: 'pending',
    remaining: makingAmount,
    balance: makingAmount * 3n,
    allowance: 2n ** 256n - 1n,
    fills: [],
    cancelTx: null,
    submitted: null,
  }
}

/** An order that somebody submitted, before anything happened to it. */
export function submittedOrder(signed: SignedOrder, nowMs: number): SandboxOrder {
  const { orderHash, quoteId, signature, order, extension, maker, makingAmount, takingAmount } = signed
  const { auctionStartMs, durationSec, initialRateBump, deadlineMs } = signed
  return {
    orderHash,
    quoteId,
    signature,
    salt: order['salt'] ?? '',
    maker,
    makerAsset: order['makerAsset'] ?? '',
    takerAsset: order['takerAsset'] ?? '',
    makingAmount,
    takingAmount,
    createdAtMs: nowMs,
    startMs: auctionStartMs,
    durationSec,
    deadlineMs,
    initialRateBump,
    points: [],
    status: 'pending',
    remaining: makingAmount,
    balance: makingAmount,
    allowance: makingAmount,
    fills: [],
    cancelTx: null,
    submitted: { order, extension },
  }
}

/** What an amount of one token is worth in another, base units; null where the story has no price. */
export function swapped(amount: bigint, from: string, to: string): bigint | null {
  const tokenOf = (address: string): Token | undefined =>
    TOKENS.find((token) => token.address === address.toLowerCase())
  const [source, destination] = [tokenOf(from), tokenOf(to)]
  if (source === undefined || destination === undefined) return null
  const [[units, cents], [otherUnits, otherCents]] = [source.perCent, destination.perCent]
  return (amount * cents * otherUnits) / (units * otherCents)
}

/** Whether nothing more happens to it. */
export function isOver({ status }: SandboxOrder): boolean {
  return ![
    'awaiting-signatures',
    'pending',
    'partially-filled',
    'not-enough-balance-or-allowance',
    'false-predicate',
  ].includes(status)
}

/** Story time from its beginning until the deadline of an order, milliseconds. */
export function deadlineAfterMs({ durationSec }: SandboxOrder): number {
  return LEAD_MS + (durationSec + EXPIRATION_SEC) * 1_000
}

/** Story time from its beginning until a share of the auction has passed, milliseconds. */
export function auctionAfterMs({ durationSec }: SandboxOrder, share: number): number {
  return LEAD_MS + durationSec * 1_000 * share
}

function worth(token: Token, cents: bigint): bigint {
  return (cents * token.perCent[0]) / token.perCent[1]
}

function uuidOf(random: Random): string {
  const hex = random.hex(16).slice(2)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}
