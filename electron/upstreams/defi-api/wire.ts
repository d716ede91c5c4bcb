import { z } from 'zod'
import { anyValue, baseUnits, boundedText, exactNumber, instant, text, wholeNumber } from '../kit/scalars.ts'
import { isJsonObject, type JsonObject } from '../kit/shape.ts'

// Sources: [S] docs.changelly.com/defi/api_execution, [G1] docs.changelly.com/defi/api and /development, [G3]
// defi-docs.changelly.com and docs.changelly.com/defi/auth, [C] our own conservative reading where pages are cut or silent.
// Three generations are told apart by what an answer holds, not by a setting. Everything may be absent or null but the
// status; keys that are not listed are kept in the journal and counted. Times [S] are unix seconds, unix milliseconds or
// ISO-8601 by the field, told apart by magnitude.

/** Longest id or word that is believed; documented ones have 36 characters. */
const LONGEST_ID = 200

const id = boundedText(LONGEST_ID)

/** [S] text for tokens and swaps, [G3] a number or a text: ids are compared as text. */
const idLike = z.union([id, z.number(), exactNumber], { error: 'an id' })

/** [S] base units: JSON numbers in a quote, texts in a status; both are read exactly. */
const lots = baseUnits(100, 'base units in decimal digits')

/** [G3] an amount in whole tokens, as decimal text; its own sample shows a bare number. */
const decimal = z.union(
  [
    z.string().regex(/^\d{1,100}(?:\.\d{1,100})?$/),
    z.number().min(0),
    exactNumber.refine((found) => /^\d{1,100}(?:\.\d{1,100})?$/.test(found.value)),
  ],
  { error: 'a decimal amount' },
)

const decimals = z.number({ error: 'a number of decimals' }).int('a whole number').min(0).max(255)

/** [S][G1] an internal number, not a chain id; [C] digits in a text too. */
const networkId = wholeNumber('a network id in digits')

/** [S] what is known of the swap once there is one. Instants are ISO-8601 in UTC. */
export const swapMetadata = z.object({
  id: idLike.nullish(), // [S]
  proxy_address: text.nullish(), // [S] where the user deposits
  user_deposit_tx: text.nullish(), // [S] on the source network
  fulfill_tx: text.nullish(), // [S] payout on the destination, as far as its name tells
  swap_tx: text.nullish(), // [S] meaning not documented
  created_at: instant.nullish(), // [S] of the swap, not of the intent
  user_deposited_at: instant.nullish(), // [S]
  fulfilled_at: instant.nullish(), // [S]
  swapped_at: instant.nullish(), // [S]
  refunded_at: instant.nullish(), // [S] there is no transaction of the refund
})

/** [G3] one end of a swap. Amounts are in whole tokens. */
export const side = z.object({
  address: text.nullish(), // [G3]
  refund_address: text.nullish(), // [G3] in the create request; [C] echoed
  tx: text.nullish(), // [G3]
  tx_at: instant.nullish(), // [G3]
  network_id: networkId.nullish(), // [G3]
  token_id: idLike.nullish(), // [G3]
  contract_address: text.nullish(), // [G3]
  decimals: decimals.nullish(), // [G3]
  amount: decimal.nullish(), // [G3]
  min_amount: decimal.nullish(), // [G3] documented as basis points, evidently by mistake
  max_amount: decimal.nullish(), // [G3]
})

/** [S] a quote; each end names its fields after itself. */
export const quoteBody = z.object({
  id: idLike.nullish(), // [S] UUID; [G3] documented as a number
  from: z
    .object({
      from_network_id: networkId.nullish(),
      from_token: text.nullish(),
      from_amount_lots: lots.nullish(),
      from_amount_decimals: decimals.nullish(),
    })
    .nullish(),
  mid: anyValue, // [S] filled when the way leads through another token
  to: z
    .object({
      to_network_id: networkId.nullish(),
      to_token: text.nullish(),
      to_min_amount_lots: lots.nullish(),
      to_max_amount_lots: lots.nullish(),
      to_amount_decimals: decimals.nullish(),
    })
    .nullish(),
  slippage_bps: z.union([text, z.number()]).nullish(), // [S] basis points
  expires_at: instant.nullish(), // [S] unix ms
})

/** An intent as any generation tells it: a status, an item of the list, or the answer to its creation. */
export const intentBody = z.object({
  intent_id: id.nullish(), // [S][G3]
  id: id.nullish(), // [S] in the answer to its creation
  status: id.nullish(), // [S] PascalCase; the set is open
  from_amount_lots: lots.nullish(), // [S] text
  from_network_id: networkId.nullish(), // [S]
  from_token: text.nullish(), // [S]
  from_token_id: idLike.nullish(), // [S]
  to_network_id: networkId.nullish(), // [S]
  to_token: text.nullish(), // [S]
  to_token_id: idLike.nullish(), // [S]
  to_min_amount_lots: lots.nullish(), // [S] text
  to_max_amount_lots: lots.nullish(), // [S] text
  swap_metadata: swapMetadata.nullish(), // [S] [C] null before there is a swap
  from: side.nullish(), // [G3]
  to: side.nullish(), // [G3]
  approval_mechanism: text.nullish(), // [G3] in the list
  approval_type: text.nullish(), // [S] permit2, htlc, cosign; open
  approve_to: text.nullish(), // [G3]
  params_to_sign: anyValue, // [S] by approval_type; its shape is not needed to show an intent
  signed_data: anyValue, // [G3] older echo; redacted before it is kept
  secret_hash: text.nullish(), // [S] a hash, no secret
  deadline_at: instant.nullish(), // [S] unix s; until when an approval can be added
  expires_at: instant.nullish(), // [G3] documented as ms, its sample is in s
  refund_address: text.nullish(), // [S] in the create request; [C] echoed
  quote: quoteBody.nullish(), // [G3] the quote that was applied
})

/** [G3] the answer to whatever did not work; [G1] has a related entity too. */
export const errorBody = z.object({
  code: z.union([z.number(), text]).nullish(),
  type: text.nullish(),
  message: text.nullish(),
})

/** One end in the request that creates an intent. */
const askedSide = z.object({
  from_network_id: networkId.nullish(), // [S]
  from_token: text.nullish(), // [S]
  from_address: text.nullish(), // [S]
  to_network_id: networkId.nullish(), // [S]
  to_token: text.nullish(), // [S]
  to_address: text.nullish(), // [S]
  address: text.nullish(), // [G3]
  refund_address: text.nullish(), // [G3]
})

/** What an intent was created from: of its quote, refund address and ends no answer speaks later [S]. */
export const creationBody = z.object({
  quote_id: idLike.nullish(), // [S][G3]
  from: askedSide.nullish(),
  to: askedSide.nullish(),
  refund_address: text.nullish(), // [S]
  amount: decimal.nullish(), // [S] in whole tokens
  slippage_bps: z.union([text, z.number()]).nullish(), // [S]
})

/** What the catalogue of the connection calls one end of a swap, where it names it. */
const namedSide = z.object({
  network: text.nullish(),
  symbol: text.nullish(),
  decimals: decimals.nullish(),
})

/** What a reading becomes in the journal: the question, what was known when it was asked, and the body verbatim. */
export const readingEnvelope = z.object({
  requestedId: id.nullish(),
  httpStatus: z.number({ error: 'a number' }).int(),
  /** Our clock, when this very answer was read first: it tells the same word read again from one that came back. */
  firstReadAtMs: z.number().nullish(),
  /** Our clock, when an answer was read last that said something else; null when there was none. */
  notBeforeMs: z.number().nullish(),
  names: z.object({ from: namedSide.nullish(), to: namedSide.nullish() }).nullish(),
  pausedUntilMs: z.number().nullish(),
  /** The body of the request, where it creates an intent. */
  asked: anyValue,
  body: anyValue,
})

/** An intent as read. */
export type IntentBody = z.infer<typeof intentBody>

/** A quote as read. */
export type QuoteBody = z.infer<typeof quoteBody>

/** One end as read. */
export type Side = z.infer<typeof side>

/** A reading as journaled. */
export type ReadingEnvelope = z.infer<typeof readingEnvelope>

/** The readings, as kinds of event: paths without what a generation puts in front of them. */
export const READINGS = {
  intent: 'GET /v1/intents/:intent_id',
  swaps: 'GET /v1/swaps',
  networks: 'GET /v1/networks',
  tokens: 'GET /v1/tokens',
} as const

/** The answer to the creation of an intent, as a kind of event. */
export const CREATED = 'POST /v1/intents'

/** The intent of a body; [C] one that stands a level down under a usual name is taken from there. Null for anything else. */
export function unwrapped(body: unknown): JsonObject | null {
  if (!isJsonObject(body)) return null
  if ('status' in body || 'intent_id' in body) return body
  return [body['intent'], body['data'], body['swap'], body['result']].find(isJsonObject) ?? body
}
