import { z } from 'zod'
import { anyValue, baseUnits, boundedText, flag, instant, text, wholeNumber } from '../kit/scalars.ts'

// Sources: [F] npm @1inch/fusion-sdk 2.4.15, its types of the WebSocket and REST interfaces; [P] 1inch's portal, which
// adds fields to them; [S] solana-fusion-sdk 0.1.18, src/ws-api/types.ts; [C] our own conservative reading.
// Times [F] are ISO-8601 text over the socket and unix seconds over REST, told apart by form and size.
// Everything that is not essential may be absent or null; keys that are not listed are kept in the journal and counted.

/** Longest hash, address or id that is believed; documented ones have 66 characters, Solana's signatures 88. */
const LONGEST_ID = 200

const id = boundedText(LONGEST_ID)

/** Base units. [F] decimal string; [C] a JSON number is accepted and reported, since another reader may have rounded it. */
const amount = baseUnits(78)

/** A whole number that is not negative; [C] digits in a text too. */
const count = wholeNumber('a whole number')

/** [F] LimitOrderV4Struct: all strings. */
const limitOrder = z.object({
  salt: text.nullish(),
  maker: id.nullish(), // differs from the true maker for orders of the native asset [P]
  receiver: id.nullish(), // the zero address stands for the maker
  makerAsset: id.nullish(),
  takerAsset: id.nullish(),
  makingAmount: amount.nullish(), // base units of makerAsset
  takingAmount: amount.nullish(), // base units of takerAsset: the least, reached at the end of the auction
  makerTraits: text.nullish(),
})

/** `order_created` [F], and one order of a listing: `getActiveOrders` [F], `GET …/order/active` [F][P]. */
export const activeOrder = z.object({
  orderHash: id,
  quoteId: id.nullish(),
  signature: anyValue, // redacted before it is kept
  order: limitOrder.nullish(),
  deadline: instant.nullish(),
  auctionStartDate: instant.nullish(),
  auctionEndDate: instant.nullish(),
  remainingMakerAmount: amount.nullish(), // base units of makerAsset, absolute
  extension: anyValue, // hex, not taken apart
  isMakerContract: flag.nullish(), // [F] since 2025-08, only in the event
  version: text.nullish(), // only in listings
  maker: id.nullish(), // [P] the true maker
})

/** Every event that is about a known order and says amounts only: all fields but the hash depend on its name [F]. */
export const orderChange = z.object({
  orderHash: id,
  remainingMakerAmount: amount.nullish(),
  balance: amount.nullish(), // base units of makerAsset that the maker holds
  allowance: amount.nullish(), // base units of makerAsset that may be taken
})

/** [F] One fill. */
const fill = z.object({
  txHash: id.nullish(),
  filledMakerAmount: amount.nullish(),
  filledAuctionTakerAmount: amount.nullish(),
  takerFeeAmount: amount.nullish(),
})

/** [F] A point of the auction's curve: seconds after the point before, and the rate bump there. */
const auctionPoint = z.object({ delay: count, coefficient: count })

/** `GET …/order/status/{hash}` [F][P], an item of `POST …/order/status` [P] and of `GET …/order/maker/{address}` [F]. */
export const orderReading = z.object({
  orderHash: id.nullish(), // [P]; absent from [F]: the one that was asked for
  status: id.nullish(), // open vocabulary
  order: limitOrder.nullish(),
  extension: anyValue,
  points: z.array(auctionPoint, { error: 'a list' }).nullish(),
  cancelTx: id.nullish(),
  fills: z.array(fill, { error: 'a list' }).nullish(),
  createdAt: instant.nullish(), // ISO
  auctionStartDate: instant.nullish(), // unix seconds
  auctionDuration: count.nullish(), // seconds
  initialRateBump: count.nullish(), // 10,000,000 is 100 %
  isNativeCurrency: flag.nullish(),
  fromTokenToUsdPrice: anyValue,
  toTokenToUsdPrice: anyValue,
  approximateTakingAmount: amount.nullish(), // [P]
  maker: id.nullish(), // [P] the true maker
  makerAsset: id.nullish(), // by maker only, as the next three
  makerAmount: amount.nullish(),
  takerAsset: id.nullish(),
  minTakerAmount: amount.nullish(),
  version: text.nullish(), // [C]
  deadline: instant.nullish(), // [C]
  remainingMakerAmount: amount.nullish(), // [C]
  quoteId: id.nullish(), // [C]
  signature: anyValue, // [C] redacted before it is kept
})

/** Solana's `create`, `fill` and `cancel` [S]: amounts and hash as text, the instant of its block in seconds. */
export const solanaEvent = z.object({
  orderHash: id, // base58
  maker: id.nullish(), // base58
  resolver: id.nullish(), // only `fill`
  order: anyValue, // only `create`; its own JSON
  transactionSignature: id.nullish(), // base58
  slotNumber: count.nullish(),
  blockTime: instant.nullish(), // unix seconds
  action: text.nullish(),
  commitment: text.nullish(),
  filledAuctionTakerAmount: amount.nullish(),
  filledMakerAmount: amount.nullish(),
  txSignature: id.nullish(), // in listings
  remainingMakerAmount: amount.nullish(), // in listings
})

/** What is kept of a frame: the feed that it came over, which alone names the chain, and the frame verbatim. */
export const frameEnvelope = z.object({ feed: text, frame: anyValue })

/** What an answer over REST becomes in the journal: the feed, what was asked for, the code, and the body verbatim. */
export const readingEnvelope = z.object({
  feed: text,
  asked: z.array(text).nullish(),
  httpStatus: z.number({ error: 'a number' }).int(),
  pausedUntilMs: z.number().nullish(),
  body: anyValue,
})

/** One order as events and listings tell it. */
export type ActiveOrder = z.infer<typeof activeOrder>

/** One order as a reading tells it. */
export type OrderReading = z.infer<typeof orderReading>

/** The signed order inside both. */
export type LimitOrder = z.infer<typeof limitOrder>

/** Readings over REST, as kinds of event. */
export const READINGS = {
  status: 'GET /order/status/:orderHash',
  many: 'POST /order/status',
  active: 'GET /order/active',
  maker: 'GET /order/maker/:address',
  /** The server asked for a pause or refused a reading; not about an order. */
  refusal: 'GET refused',
} as const
