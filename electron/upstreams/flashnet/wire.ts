import { z } from 'zod'
import { anyValue, boundedText, exactNumber, flag, instant, text } from '../kit/scalars.ts'

// Sources: [S] build.flashnet.xyz/products/execution/reference, [R] github.com/flashnetxyz/ts-sdk src/execution (branch
// feat/execution-client-spark-wallet, 29ad8ef), [M] docs.flashnet.xyz/api-reference/auth, the sibling AMM gateway with the
// same field names, [C] our own conservative reading where nothing is documented. Two generations of the gateway exist: the
// first writes statuses in lower case and says `oracle_pending` and `rejected` too; both are read.
// Times are RFC 3339 [S]; epoch numbers are read too [C], as `expiresAt` is one where a client writes it.
// Everything that is not essential may be absent or null; keys that are not listed are kept in the journal and counted.

/** Longest id that is believed; documented ones have at most 66 characters. */
const LONGEST_ID = 200

/** Longest word of a vocabulary that is believed; the longest known has 26 characters. */
const LONGEST_WORD = 200

const id = boundedText(LONGEST_ID)
const word = boundedText(LONGEST_WORD)

/** `GET /api/v1/intents/{submissionId}` [S][R]. */
export const submissionReading = z.object({
  submissionId: id.nullish(), // [S] one attempt to submit; [C] absent: the one that was asked for
  intentId: id.nullish(), // [S] what is to be done: 64 hex digits, with or without 0x [R]
  status: word, // [S] four words in upper case; [R@f786aaf] six in lower case; open
  statusMessage: text.nullish(), // [S] null, [R] absent where not applicable; set on failure
  executionTxHash: text.nullish(), // [S] 0x and 64 hex digits; null or absent before inclusion
  createdAt: instant.nullish(), // [S] accepted at
  updatedAt: instant.nullish(), // [S]
  expiresAt: instant.nullish(), // [C] not documented here; milliseconds where a client signs it [S]
  deposits: anyValue, // [C] not documented here; as in the body of POST /execute where it comes
})

/** One deposit as a client writes it in the body of `POST /api/v1/execute`: [S] first, [R] second generation. */
export const depositEntry = z.object({
  sparkTransferId: id, // [R] 32 hex digits for BTC, 64 for tokens, dashed or not
  asset: z
    .object({
      type: word, // [S] `btc`, `token`; [R] `NATIVE_SATS`, `SPARK_TOKEN`
      tokenId: text.nullish(), // [R] 0x and 64 hex digits; [S] bech32m
    })
    .nullish(),
  amount: z
    .union([
      z.string().regex(/^(?:\d{1,100}|0x[0-9a-f]{1,64})$/i), // [R] U256 in hex
      z.number().int().min(0), // [S] u64 base units
      exactNumber.refine((found) => /^\d{1,100}$/.test(found.value)),
    ])
    .nullish(),
  depositProof: z.object({ payloadBytes: text.nullish(), signature: text.nullish() }).nullish(), // [R] `0x` twice: none
})

/** `GET /api/v1/network/info` [S][R]; advisory flags bind nobody. */
export const networkInfo = z.object({
  spark: z
    .object({
      depositAddress: text.nullish(), // [S] bech32m
      network: text.nullish(), // [S] `MAINNET`, `REGTEST`
    })
    .nullish(),
  execution: z
    .object({
      contractAddress: text.nullish(), // [S] the SparkGateway contract
      chainId: z.number({ error: 'a chain id' }).int().min(0).nullish(), // [S] 21022 in every example
    })
    .nullish(),
  paused: flag.nullish(), // [R] advisory
  minDepositSats: z.number({ error: 'a number of sats' }).int().min(0).nullish(), // [R] advisory
})

/** `POST /api/v1/auth/challenge` [R][M]: at least one of the two. */
export const challengeAnswer = z.object({ challenge: text.nullish(), challengeString: text.nullish() })

/** `POST /api/v1/auth/verify` [S][R]. */
export const verifyAnswer = z.object({ accessToken: text.min(1) })

/** What a reading becomes in the journal: the question, what is known beside it, the answer's code, its body verbatim. */
export const readingEnvelope = z.object({
  requestedId: id.nullish(),
  /** Chain of the gateway's contract by the last network info; null while that is not known. */
  chainId: z.number().int().nullish(),
  httpStatus: z.number({ error: 'a number' }).int(),
  /** Until when the gateway asked for a pause, epoch milliseconds. */
  pausedUntilMs: z.number().nullish(),
  /** The deposit address that was expected, where the body has another one. */
  expectedDepositAddress: text.nullish(),
  /** Why the console cannot ask for the id. */
  unaskable: text.nullish(),
  /** What was submitted, beside the answer to it: `expiresAt` and `deposits` of the request. */
  submitted: anyValue,
  body: anyValue,
})

/** What was read of a submission. */
export type SubmissionReading = z.infer<typeof submissionReading>

/** The kinds of event. What is said while signing in holds secrets, so that only its outcome becomes an event. */
export const READINGS = {
  submission: 'GET /api/v1/intents/:submissionId',
  execute: 'POST /api/v1/execute',
  network: 'GET /api/v1/network/info',
  health: 'GET /api/v1/health',
  signIn: 'POST /api/v1/auth/verify',
} as const
