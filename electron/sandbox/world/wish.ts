import type { Random } from '../kit/random.ts'
import type { Cast } from './cast.ts'
import { ROUTES, type Route, type Token } from './chains.ts'
import type { Wish } from './intent.ts'

/** The largest amount that a chain can hold: readers that round are found out by it. */
const LARGEST_AMOUNT = 2n ** 256n - 1n

/** One in this many wishes has an absurd amount. */
const ABSURD_SHARE = 1 / 150

/** Of the routes that touch Midnight, the share that is shielded. */
const SHIELDED_SHARE = 0.35

/** Usual trades are worth from 20 to 25,000 US dollars; small ones are more frequent. */
const LEAST_CENTS = 2_000
const MOST_CENTS = 2_500_000

/** What the maker number `serial` of the story asks for. */
export function drawWish(random: Random, cast: Cast, serial: number): Wish {
  const route = pickRoute(random)
  const fromToken = random.pick(route.from.tokens)
  const toToken = random.pick(route.to.tokens)
  const amount = random.chance(ABSURD_SHARE) ? drawAbsurd(random) : drawAmount(random, fromToken)
  return {
    serial,
    clientId: random.hex(32),
    maker: cast.pickMaker(random),
    route,
    fromToken,
    toToken,
    amount: amount.toString(),
    minAmountOut: leastOut(amount, fromToken, toToken).toString(),
    nonce: random.integer(0, 400).toString(),
    isShielded: touchesMidnight(route) && random.chance(SHIELDED_SHARE),
    recipient: null,
    preimage: random.hex(32),
  }
}

function pickRoute(random: Random): Route {
  let left = random.next()
  for (const route of ROUTES) {
    left -= route.weight
    if (left < 0) return route
  }
  return random.pick(ROUTES)
}

function touchesMidnight({ from, to }: Route): boolean {
  return from.family === 'midnight' || to.family === 'midnight'
}

/** Half of the amounts are round to the cent, half use every digit. */
function drawAmount(random: Random, { decimals, cents }: Token): bigint {
  const worth = BigInt(Math.round(LEAST_CENTS * (MOST_CENTS / LEAST_CENTS) ** random.next()))
  const round = (worth * 10n ** BigInt(decimals)) / cents
  if (random.chance(0.5)) return round
  return round + (BigInt(random.hex(7)) % 10n ** BigInt(decimals - 2))
}

/** The same worth in the other token, less half a percent. */
function leastOut(amount: bigint, from: Token, to: Token): bigint {
  const worth = (amount * from.cents * 10n ** BigInt(to.decimals)) / (to.cents * 10n ** BigInt(from.decimals))
  return (worth * 995n) / 1_000n
}

function drawAbsurd(random: Random): bigint {
  if (random.chance(0.3)) return LARGEST_AMOUNT
  return BigInt(random.hex(random.integer(12, 31)))
}
