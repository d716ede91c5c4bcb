import { LosslessNumber, stringify } from 'lossless-json'
import type { GarbledAnswer } from '../kit/answer.ts'
import type { SandboxClock } from '../kit/clock.ts'
import type { Random } from '../kit/random.ts'
import { whole } from './bodies.ts'
import type { Network, Token } from './networks.ts'
import { amountAt, objectAt, Refusal, textAt, tokenAt, type Fields } from './request.ts'
import { uuid } from './swap.ts'

/** How long a price holds on the clock, whatever the story's rate: a person reads it. The page names no time. */
const PRICE_HOLDS_MS = 2 * 60_000

/** Quotes that are remembered: enough for any person, whatever a test asks for. */
const MOST_QUOTES = 1_000

/** What is kept of ten thousand: the resolver's share, and the best that may come of it. */
const LEAST_SHARE = 9_900n
const MOST_SHARE = 9_980n

/** A price until an instant. Amounts are base units. */
export interface Quote {
  id: string
  from: { network: Network; token: Token }
  to: { network: Network; token: Token }
  amount: bigint
  minAmountOut: bigint
  maxAmountOut: bigint
  slippageBps: string
  expiresAtMs: number
}

/** Prices that were given. */
export interface Quotes {
  /** Gives a price for what a body asks; fails with a `Refusal`. */
  give: (body: Fields, isNested: boolean) => Quote
  /** One that was given and still holds; fails with a `Refusal`. */
  find: (id: string) => Quote
}

/** No price was given yet. */
export function createQuotes(clock: SandboxClock, random: Random): Quotes {
  const byId = new Map<string, Quote>()

  function give(body: Fields, isNested: boolean): Quote {
    const from = tokenAt(objectAt(body, 'from'), 'from', isNested)
    const to = tokenAt(objectAt(body, 'to'), 'to', isNested)
    const amount = lotsOf(amountAt(body, 'amount', isNested), from.token)
    const worth =
      (amount * from.token.cents * 10n ** BigInt(to.token.decimals)) / 10n ** BigInt(from.token.decimals)
    const best = worth / to.token.cents
    const quote: Quote = {
      id: uuid(random),
      from,
      to,
      amount,
      minAmountOut: (best * LEAST_SHARE) / 10_000n,
      maxAmountOut: (best * MOST_SHARE) / 10_000n,
      slippageBps: isNested && body['slippage_bps'] === undefined ? '50' : textAt(body, 'slippage_bps'),
      expiresAtMs: clock.nowMs() + PRICE_HOLDS_MS,
    }
    byId.set(quote.id, quote)
    const [oldest] = byId.keys()
    if (byId.size > MOST_QUOTES && oldest !== undefined) byId.delete(oldest)
    return quote
  }

  return {
    give,
    find: (id) => {
      const quote = byId.get(id)
      if (quote === undefined) throw new Refusal(404, 'not_found', `quote ${id} does not exist`)
      if (clock.nowMs() < quote.expiresAtMs) return quote
      throw new Refusal(422, 'invalid_quote', `quote ${id} has expired`)
    },
  }
}

/** The answer with a price: base units as JSON numbers, however long [S]; [G3] whole tokens as texts. */
export function quoteAnswer(quote: Quote, isNested: boolean): GarbledAnswer {
  return { status: 200, text: stringify(isNested ? nestedQuote(quote) : flatQuote(quote)) ?? '' }
}

/** A quote as [G3] tells it, alone and within the answer to a creation. */
export function nestedQuote({ id, from, to, slippageBps, expiresAtMs, ...lots }: Quote): unknown {
  return {
    id,
    from: { ...nestedToken(from), amount: whole(String(lots.amount), from.token) },
    to: {
      ...nestedToken(to),
      min_amount: whole(String(lots.minAmountOut), to.token),
      max_amount: whole(String(lots.maxAmountOut), to.token),
    },
    slippage_bps: slippageBps,
    expires_at: expiresAtMs,
  }
}

function flatQuote({ id, from, to, slippageBps, expiresAtMs, ...lots }: Quote): unknown {
  return {
    id,
    from: {
      from_network_id: from.network.id,
      from_token: from.token.address,
      from_amount_lots: new LosslessNumber(String(lots.amount)),
      from_amount_decimals: from.token.decimals,
    },
    mid: {
      mid_token_id: null,
      mid_token: null,
      mid_token_min_amount: null,
      mid_token_max_amount: null,
      mid_token_decimals: null,
    },
    to: {
      to_network_id: to.network.id,
      to_token: to.token.address,
      to_min_amount_lots: new LosslessNumber(String(lots.minAmountOut)),
      to_max_amount_lots: new LosslessNumber(String(lots.maxAmountOut)),
      to_amount_decimals: to.token.decimals,
    },
    slippage_bps: slippageBps,
    expires_at: expiresAtMs,
  }
}

function nestedToken({ network, token }: Quote['from']): Fields {
  return {
    network_id: network.id,
    token_id: token.id,
    contract_address: token.address,
    decimals: token.decimals,
  }
}

/** Base units of a decimal text; refused when the token has fewer decimals. */
export function lotsOf(amount: string, { decimals }: Token): bigint {
  const [digits = '', fraction = ''] = amount.split('.')
  if (fraction.length > decimals)
    throw new Refusal(422, 'invalid_amount', `amount: more than ${decimals} decimals`)
  return BigInt(digits + fraction.padEnd(decimals, '0'))
}
