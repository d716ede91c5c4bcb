import type { Hex } from 'viem'
import { encodePacked, keccak256 } from 'viem/utils'
import type { Random } from '../kit/random.ts'
import type { SignedOrder } from '../kit/signedOrder.ts'
import type { Cast } from '../world/cast.ts'
import { CHAINS, type Chain, type Token } from './chains.ts'

/** Usual orders are worth from 50 to 60,000 US dollars; small ones are more frequent. */
const LEAST_CENTS = 5_000
const MOST_CENTS = 6_000_000

/** Auctions last three minutes, a usual preset, and orders half a minute longer. */
export const AUCTION_MS = 180_000
export const EXPIRY_DELAY_MS = 30_000

/** Of all orders, the share that comes from Solana, and the share that may be filled in parts. */
const SOLANA_SHARE = 0.08
const PARTS_SHARE = 0.3

/** Something that happened to an escrow. */
export interface EscrowEvent {
  transactionHash: string
  escrow: string
  side: 'src' | 'dst'
  action: 'src_escrow_created' | 'dst_escrow_created' | 'withdrawn' | 'funds_rescued' | 'escrow_cancelled'
  /** Epoch milliseconds of a whole second, as blocks have them. */
  blockTimestamp: number
}

/** One part that a resolver took. */
export interface SandboxFill {
  /** Which of the order's secrets unlocks it. */
  idx: number
  taker: string
  makerAmount: bigint
  takerAmount: bigint
  status: 'pending' | 'executed' | 'refunding' | 'refunded'
  escrows: { src: string; dst: string }
  events: EscrowEvent[]
  /** The relayer waits for its secret. */
  isReady: boolean
  isSecretOut: boolean
  /** Its maker's secret came from outside the story, which tells no more of it. */
  isTakenOver: boolean
}

/** One order as it stands. Times are epoch milliseconds. */
export interface SandboxOrder {
  orderHash: string
  quoteId: string
  maker: string
  from: Chain
  to: Chain
  fromToken: Token
  toToken: Token
  makingAmount: bigint
  /** Least amount that the maker takes. */
  takingAmount: bigint
  salt: string
  signature: string
  extension: string
  initialRateBump: number
  /** Live secrets in the real world; here they are invented. Of a submitted order null until each is submitted. */
  secrets: (string | null)[]
  secretHashes: readonly string[]
  createdAtMs: number
  auctionStartMs: number
  auctionEndMs: number
  deadlineMs: number
  status: 'unpublished' | 'pending' | 'executed' | 'expired' | 'cancelled' | 'refunding' | 'refunded'
  validation: string
  balance: bigint
  allowance: bigint
  remaining: bigint
  cancelTx: string | null
  fills: SandboxFill[]
  /** The order as its maker submitted it; null for one of the story. */
  submitted: Record<string, string> | null
}

/** A new order; `wallMs` turns story time since its beginning into an instant on the clock. */
export function newOrder(random: Random, cast: Cast, wallMs: (afterMs: number) => number): SandboxOrder {
  const isFromSolana = random.chance(SOLANA_SHARE)
  const from = pickChain(random, ({ family }) => (family === 'solana') === isFromSolana)
  const to = pickChain(random, (chain) => chain !== from)
  const [fromToken, toToken] = [random.pick(from.tokens), random.pick(to.tokens)]
  const worth = BigInt(Math.round(LEAST_CENTS * (MOST_CENTS / LEAST_CENTS) ** random.next()))
  const makingAmount = (worth * 10n ** BigInt(fromToken.decimals)) / fromToken.cents
  const takingAmount = (worth * 985n * 10n ** BigInt(toToken.decimals)) / (1_000n * toToken.cents)
  const secrets = Array.from({ length: random.chance(PARTS_SHARE) ? 3 : 1 }, () => random.hex(32))
  const maker = cast.pickMaker(random)
  return {
    orderHash: random.hex(32),
    quoteId: uuid(random),
    maker: from.family === 'evm' ? maker.evmAddress.toLowerCase() : solanaKey(maker.midnightKey),
    from,
    to,
    fromToken,
    toToken,
    makingAmount,
    takingAmount,
    salt: BigInt(random.hex(31)).toString(),
    signature: random.hex(65),
    extension: random.hex(96),
    initialRateBump: random.integer(40_000, 250_000),
    secrets,
    secretHashes: secrets.map((secret) => keccak256(secret as Hex)),
    createdAtMs: wallMs(0),
    auctionStartMs: wallMs(2_000),
    auctionEndMs: wallMs(2_000 + AUCTION_MS),
    deadlineMs: wallMs(2_000 + AUCTION_MS + EXPIRY_DELAY_MS),
    status: 'pending',
    validation: 'valid',
    balance: makingAmount * 2n,
    allowance: makingAmount,
    remaining: makingAmount,
    cancelTx: null,
    fills: [],
    submitted: null,
  }
}

/** An order that somebody submitted, before anything happened to it; fails where the story has no such chain. */
export function submittedOrder(
  signed: SignedOrder,
  body: Record<string, unknown>,
  nowMs: number,
): SandboxOrder {
  const { orderHash, quoteId, signature, extension, order, maker, makingAmount, takingAmount } = signed
  const [hashlock, toChain = '0x', toToken = '0x'] = signed.escrowTerms ?? []
  const [from, to] = [chainOf(body['srcChainId']), chainOf(Number(toChain))]
  if (hashlock === undefined) throw new RangeError('extension carries no escrow terms')
  const secretHashes = Array.isArray(body['secretHashes']) ? body['secretHashes'].map(String) : [hashlock]
  const auctionEndMs = signed.auctionStartMs + signed.durationSec * 1_000
  return {
    orderHash,
    quoteId,
    maker,
    from,
    to,
    fromToken: tokenOn(from, order['makerAsset'] ?? ''),
    toToken: tokenOn(to, `0x${toToken.slice(-40)}`),
    makingAmount,
    takingAmount,
    salt: order['salt'] ?? '',
    signature,
    extension,
    initialRateBump: signed.initialRateBump,
    secrets: secretHashes.map(() => null),
    secretHashes,
    createdAtMs: nowMs,
    auctionStartMs: signed.auctionStartMs,
    auctionEndMs,
    deadlineMs: signed.deadlineMs,
    status: 'pending',
    validation: 'valid',
    balance: makingAmount,
    allowance: makingAmount,
    remaining: makingAmount,
    cancelTx: null,
    fills: [],
    submitted: order,
  }
}

function chainOf(chainId: unknown): Chain {
  const chain = CHAINS.find((one) => one.chainId === chainId)
  if (chain === undefined) throw new RangeError(`chain ${String(chainId)} is not supported`)
  return chain
}

/** A token that the story does not know is worth a cent. */
function tokenOn({ tokens }: Chain, address: string): Token {
  const known = tokens.find((token) => token.address.toLowerCase() === address.toLowerCase())
  return known ?? { address, decimals: 18, cents: 1n }
}

/** Merkle leaves of the secrets, where there are several: keccak256 over the index and the secret's hash. */
export function merkleLeaves({ secretHashes }: SandboxOrder): string[] {
  if (secretHashes.length === 1) return []
  return secretHashes.map((hash, at) =>
    keccak256(encodePacked(['uint64', 'bytes32'], [BigInt(at), hash as Hex])),
  )
}

/** Whether nothing more will happen to it by itself. */
export function isOver({ status }: SandboxOrder): boolean {
  return status !== 'pending' && status !== 'unpublished' && status !== 'refunding'
}

function pickChain(random: Random, fits: (chain: Chain) => boolean): Chain {
  return random.pick(CHAINS.filter(fits))
}

function uuid(random: Random): string {
  const hex = random.hex(16).slice(2)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** 32 bytes as Solana writes them. */
function solanaKey(hex: string): string {
  let rest = BigInt(hex)
  let text = ''
  for (; rest > 0n; rest /= 58n) text = (BASE58[Number(rest % 58n)] ?? '') + text
  return text
}
