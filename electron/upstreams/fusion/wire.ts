import { z } from 'zod'
import { anyValue, baseUnits, boundedText, instant, text, wholeNumber } from '../kit/scalars.ts'

// Sources: [W] docs/reference/websocket-events (names of the fields; types are not given), [I] docs/reference/intent-schema
// (names and types of the submitted body), [C] our own conservative reading where nothing is documented.
// Times [C] are ISO-8601 text, or an epoch number in seconds or milliseconds by its size.
// Everything that is not essential may be absent or null; keys that are not listed are kept in the journal and counted.

/** Longest id that is believed; documented ones have 66 characters. */
const LONGEST_ID = 200

/** Longest word of a vocabulary that is believed; the longest known has 23 characters. */
const LONGEST_WORD = 200

const id = boundedText(LONGEST_ID)
const word = boundedText(LONGEST_WORD)

/** Base units. [I] decimal string; [C] a JSON number is accepted and reported, since another reader may have rounded it. */
const amount = baseUnits(100)

/** [I] a positive integer; [C] numeric strings too. */
const chainId = wholeNumber('a chain id in digits')

/** [C] a sentence, or an object that holds one. */
const trouble = z.union([z.string(), z.record(z.string(), z.unknown())], { error: 'a text or an object' })

const intentFields = {
  intentId: id, // [W] normally 0x and 64 hex digits; the contract-emitted one may replace it after submit [I]
  status: word.nullish(), // [W] public vocabulary, open
  oldStatus: text.nullish(), // [W] only in intent:status_changed; internal vocabulary
  proofStatus: text.nullish(), // [W] opaque
  solver: text.nullish(), // [W]
  fromChain: chainId.nullish(), // [W]
  toChain: chainId.nullish(), // [W]
  amount: amount.nullish(), // [W] base units of the source token
  createdAt: instant.nullish(), // [W]
  updatedAt: instant.nullish(), // [W] the newest is believed
  matchedAt: instant.nullish(), // [W]
  completedAt: instant.nullish(), // [W]
  htlcState: anyValue, // [W] text, object or null; shape unknown
  txHashes: anyValue, // [W] object, array or null; keys unknown
  error: trouble.nullish(), // [W]
  failureReason: trouble.nullish(), // [W] precedence over `error` unknown: both are shown
  timestamp: instant.nullish(), // [W] when the event was sent
}

/** `intent:status`, `intent:new`, `intent:status_changed`. */
export const intentEvent = z.object(intentFields)

/** `GET /api/intents/:intentId`: [C] the event's fields and those of the submitted body, all optional; refund fields by name. */
export const intentReading = z.object({
  ...intentFields,
  intentId: id.nullish(), // [C] absent: the one that was asked for
  proofGeneratedAt: instant.nullish(), // [C] as in the proof events
  sender: text.nullish(), // [I] maker, canonical form of the source family
  recipient: text.nullish(), // [I]
  fromToken: text.nullish(), // [I]
  toToken: text.nullish(), // [I]
  minAmountOut: amount.nullish(), // [I] base units of the destination token
  nonce: anyValue, // [I]
  deadline: instant.nullish(), // [I] unix seconds; bounds the submission, not the locks
  shielded: anyValue, // [I]
  signature: anyValue, // [I] redacted before it is kept
})

/** `intent:proof`, `intent:proof_changed`. */
export const proofEvent = z.object({
  intentId: id, // [W]
  proofStatus: text.nullish(), // [W] opaque
  oldProofStatus: text.nullish(), // [W]
  proofGeneratedAt: instant.nullish(), // [W]
  timestamp: instant.nullish(), // [W]
})

/** `intent:removed`, `intent:not_found`. */
export const namingEvent = z.object({
  intentId: id, // [W]
  timestamp: instant.nullish(), // [W] only intent:removed
})

const count = z.number({ error: 'a count' }).int('a whole number').min(0, 'no negative number').nullish()

/** `mempool:stats`; [W]. The parts need not add up to the total: there is no bucket for proofs. */
export const statsEvent = z.object({
  total: count,
  submitted: count,
  matched: count,
  executing: count,
  completed: count,
  failed: count,
  cancelled: count,
})

/** What a reading over REST becomes in the journal: the question, the answer's code, and its body verbatim. */
export const readingEnvelope = z.object({
  requestedId: id.nullish(),
  httpStatus: z.number({ error: 'a number' }).int(),
  pausedUntilMs: z.number().nullish(),
  body: anyValue,
})

/** One intent as a reading tells it. */
export type IntentReading = z.infer<typeof intentReading>

/** Names of all fields that hold a time; an event without any of them cannot be told apart from its repetition. */
export const TIME_FIELDS = [
  'updatedAt',
  'timestamp',
  'createdAt',
  'matchedAt',
  'completedAt',
  'proofGeneratedAt',
] as const

/** One of them. */
export type TimeField = (typeof TIME_FIELDS)[number]

/** Paths of the readings, as kinds of event. `permit2-params` (allocates) and the preimage (a secret) are not among them. */
export const READINGS = {
  intent: 'GET /api/intents/:intentId',
  htlcParams: 'GET /api/intents/:intentId/htlc-params',
  health: 'GET /api/health',
  chains: 'GET /api/chains',
  addresses: 'GET /api/config/htlc-addresses',
} as const
