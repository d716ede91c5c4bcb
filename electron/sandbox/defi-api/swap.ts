import type { Random } from '../kit/random.ts'
import type { Cast } from '../world/cast.ts'
import type { Quote } from './quotes.ts'
import { addressOn, base58, NETWORKS, type Network, type Token } from './networks.ts'

/** The documented words. */
export type Status =
  | 'Created'
  | 'Approved'
  | 'Verified'
  | 'Failed'
  | 'Deposited'
  | 'Finished'
  | 'Expired'
  | 'RefundRequested'
  | 'Refunded'

/** One end of a swap. */
interface SwapEnd {
  network: Network
  token: Token
  address: string
}

/** One intent and its swap as the system knows them. Instants are epoch milliseconds. */
export interface Swap {
  intentId: string
  quoteId: string
  from: SwapEnd
  to: SwapEnd
  /** Base units, decimal digits. */
  amount: string
  minAmountOut: string
  maxAmountOut: string
  slippageBps: string
  secretHash: string
  status: Status
  /** The word before, for a server that tells old news. */
  statusBefore: Status
  createdAtMs: number
  deadlineAtMs: number
  /** Null before the resolver has accepted. */
  swapId: string | null
  swapCreatedAtMs: number | null
  proxyAddress: string | null
  depositTx: string | null
  depositedAtMs: number | null
  fulfillTx: string | null
  fulfilledAtMs: number | null
  swapTx: string | null
  swappedAtMs: number | null
  refundedAtMs: number | null
}

/** Usual trades are worth from 25 to 20,000 US dollars; small ones are more frequent. */
const LEAST_CENTS = 2_500
const MOST_CENTS = 2_000_000

/** A new intent of somebody of the cast. */
export function newSwap(
  random: Random,
  cast: Cast,
  { atMs, deadlineAtMs }: { atMs: number; deadlineAtMs: number },
): Swap {
  const maker = cast.pickMaker(random)
  // Half of all set out from the first network, where the makers of the other systems are at home.
  const source = random.chance(0.5) ? NETWORKS[0] : random.pick(NETWORKS)
  const target = random.pick(NETWORKS.filter(({ id }) => id !== source.id))
  const from = { network: source, token: random.pick(source.tokens), address: addressOn(source, maker) }
  const to = { network: target, token: random.pick(target.tokens), address: addressOn(target, maker) }
  const worth = BigInt(Math.round(LEAST_CENTS * (MOST_CENTS / LEAST_CENTS) ** random.next()))
  const most = lotsOf(worth, to.token)
  return {
    ...blank(random, { atMs, deadlineAtMs }),
    quoteId: uuid(random),
    from,
    to,
    amount: lotsOf(worth, from.token).toString(),
    minAmountOut: ((most * 990n) / 1_000n).toString(),
    maxAmountOut: ((most * 998n) / 1_000n).toString(),
    slippageBps: random.pick(['30', '50', '100']),
  }
}

/** What an intent is created from: where it is paid from and to, until when it can be approved. */
export interface Order {
  from: string
  to: string
  atMs: number
  deadlineAtMs: number
}

/** An intent as somebody ordered it, at the price of a quote. */
export function orderedSwap(random: Random, quote: Quote, { from, to, atMs, deadlineAtMs }: Order): Swap {
  return {
    ...blank(random, { atMs, deadlineAtMs }),
    quoteId: quote.id,
    from: { ...quote.from, address: from },
    to: { ...quote.to, address: to },
    amount: String(quote.amount),
    minAmountOut: String(quote.minAmountOut),
    maxAmountOut: String(quote.maxAmountOut),
    slippageBps: quote.slippageBps,
  }
}

/** What every new intent has, whoever made it. */
function blank(
  random: Random,
  { atMs, deadlineAtMs }: { atMs: number; deadlineAtMs: number },
): Omit<Swap, 'quoteId' | 'from' | 'to' | 'amount' | 'minAmountOut' | 'maxAmountOut' | 'slippageBps'> {
  return {
    intentId: uuid(random),
    secretHash: random.hex(32),
    status: 'Created',
    statusBefore: 'Created',
    createdAtMs: atMs,
    deadlineAtMs,
    swapId: null,
    swapCreatedAtMs: null,
    proxyAddress: null,
    depositTx: null,
    depositedAtMs: null,
    fulfillTx: null,
    fulfilledAtMs: null,
    swapTx: null,
    swappedAtMs: null,
    refundedAtMs: null,
  }
}

/** A transaction in a network's own form. */
export function transactionOn({ type }: Network, random: Random): string {
  if (type === 'EVM') return random.hex(32)
  return type === 'Solana' ? base58(Buffer.from(random.hex(64).slice(2), 'hex')) : random.hex(32).slice(2)
}

/** An id as UUID of version 4. */
export function uuid(random: Random): string {
  const hex = random.hex(16).slice(2)
  const [a, b, c, d] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16), hex.slice(17, 20)]
  return `${a}-${b}-4${c}-8${d}-${hex.slice(20)}`
}

function lotsOf(cents: bigint, token: Token): bigint {
  return (cents * 10n ** BigInt(token.decimals)) / token.cents
}
