import { z } from 'zod'
import { isJsonObject } from '../../kit/shape.ts'
import { digitsOf } from '../../kit/wireValues.ts'
import { readEvmTransaction } from './evmTransaction.ts'

// What stands in the body of `POST /api/v1/execute`, and beside it in a file what helps to check it and is not sent. Sources:
// [S] build.flashnet.xyz/products/execution/reference for the first generation, which has a nonce; [R] github.com/flashnetxyz/ts-sdk
// src/execution/types.ts for the second, whose deposits carry proofs.

/** Largest amount of the first generation: an unsigned number of 64 bits [S]. */
const MOST_U64 = 2n ** 64n - 1n

/** Longest text without a bound of its own that is believed: token ids of wallets and nonces are far shorter. */
const LONGEST_TEXT = 200

/** Longest hex text that is believed, characters: what the gateway would read of a body is not known, and no such thing is longer. */
const LONGEST_HEX = 100_000

const shortText = z
  .string({ error: 'has to be a text' })
  .min(1, 'must not be empty')
  .max(LONGEST_TEXT, `has at most ${LONGEST_TEXT} characters`)

const transferId = z
  .string({ error: 'has to be the id of a Spark transfer as a text' })
  .regex(
    /^(?:[0-9a-f]{32}|[0-9a-f]{64})$/i,
    'has to be bare hex: 32 digits of a BTC transfer or 64 of a token transfer, without 0x and dashes',
  )

const hexBytes = z
  .string({ error: 'has to be hex digits as a text' })
  .max(LONGEST_HEX, `has at most ${LONGEST_HEX} characters`)
  .regex(/^(?:0x)?(?:[0-9a-f]{2})*$/i, 'has to be hex digits, two for each byte')

const BASE_UNITS = 'has to be a whole number of base units, every digit of it'

/** Base units of the first generation; digits where JSON carried them as a text, so that none is lost. */
const u64 = z.preprocess(
  (value) => (typeof value === 'number' && !Number.isSafeInteger(value) ? null : digitsOf(value)),
  z
    .string({ error: BASE_UNITS })
    .regex(/^\d{1,20}$/, BASE_UNITS)
    .refine((digits) => BigInt(digits) <= MOST_U64, 'has to fit 64 bits'),
)

const u256 = z
  .string({ error: 'has to be 0x and hex digits as a text' })
  .regex(/^0x(?:0|[1-9a-f][0-9a-f]{0,63})$/, 'has to be 0x and lower-case hex digits without leading zeros')

const common = {
  chainId: z
    .number({ error: 'has to be the id of a chain' })
    .int('has to be a whole number')
    .positive('has to be a positive number')
    .max(Number.MAX_SAFE_INTEGER, 'has to be a number that a chain id can be'),
  recipient: z
    .string({ error: 'has to be an address as a text' })
    .regex(/^0x[0-9a-f]{40}$/i, 'has to be 0x and 40 hex digits')
    .optional(),
  evmTransaction: hexBytes
    .refine(
      (raw) => raw.startsWith('0x') && readEvmTransaction(raw) !== null,
      'has to be a signed EIP-1559 transaction: 0x02 and its RLP',
    )
    .optional(),
  signature: z
    .string({ error: 'has to be hex digits as a text' })
    .regex(/^30(?:[0-9a-f]{2}){7,71}$/i, 'has to be a DER signature in hex, without 0x'),
  expiresAt: z
    .number({ error: 'has to be unix milliseconds' })
    .int('has to be whole milliseconds')
    .positive('has to be unix milliseconds')
    .max(Number.MAX_SAFE_INTEGER, 'has to be unix milliseconds'),
  publicKey: z
    .string({ error: 'has to be hex digits as a text' })
    .regex(/^0[23][0-9a-f]{64}$/i, 'has to be a compressed secp256k1 key: 66 hex digits')
    .optional(),
  intentId: z
    .string({ error: 'has to be hex digits as a text' })
    .regex(/^(?:0x)?[0-9a-f]{64}$/i, 'has to be 64 hex digits, with or without 0x')
    .optional(),
}

const nonceBody = z
  .strictObject({
    ...common,
    deposits: z.array(
      z.strictObject({
        sparkTransferId: transferId,
        amount: u64,
        asset: z.discriminatedUnion(
          'type',
          [
            z.strictObject({ type: z.literal('btc') }),
            z.strictObject({ type: z.literal('token'), tokenId: shortText }),
          ],
          { error: 'has to have the type “btc” or “token”' },
        ),
      }),
      { error: 'has to be a list' },
    ),
    nonce: shortText,
  })
  .refine(hasOneAction, 'There has to be exactly one of recipient and evmTransaction.')

const proofBody = z
  .strictObject({
    ...common,
    deposits: z.array(
      z.strictObject({
        sparkTransferId: transferId,
        amount: u256,
        asset: z.discriminatedUnion(
          'type',
          [
            z.strictObject({ type: z.literal('NATIVE_SATS') }),
            z.strictObject({
              type: z.literal('SPARK_TOKEN'),
              tokenId: z
                .string({ error: 'has to be a text' })
                .regex(/^0x[0-9a-f]{64}$/i, 'has to be 0x and 64 hex digits'),
            }),
          ],
          { error: 'has to have the type “NATIVE_SATS” or “SPARK_TOKEN”' },
        ),
        depositProof: z.strictObject({ payloadBytes: hexBytes, signature: hexBytes }),
      }),
      { error: 'has to be a list' },
    ),
    clawback: z.strictObject({ sparkTxid: transferId }).optional(),
  })
  .refine(hasOneAction, 'There has to be exactly one of recipient, evmTransaction and clawback.')
  .refine(
    ({ clawback, deposits }) => clawback === undefined || deposits.length === 0,
    'A clawback has no deposits: `deposits` has to be an empty list.',
  )

/** A body of the first generation; amounts in decimal digits. */
export type NonceBody = z.output<typeof nonceBody>

/** A body of the second generation. */
export type ProofBody = z.output<typeof proofBody>

/** What was signed, in either generation. */
export type SignedBody = NonceBody | ProofBody

type Issue = z.core.$ZodRawIssue

/** Reads what was signed; its `nonce` tells the generation, so that what is wrong is told by the rules of that one. */
export const signedBody: z.ZodType<SignedBody> = z.unknown().transform((value, context): SignedBody => {
  const isOfNonce = isJsonObject(value) && Object.hasOwn(value, 'nonce')
  const parsed = isOfNonce ? nonceBody.safeParse(value) : proofBody.safeParse(value)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: value } as Issue)
  return z.NEVER
})

/** Whether a body is of the first generation. */
export function isNonceBody(body: SignedBody): body is NonceBody {
  return 'nonce' in body
}

/** The transfer that a body claws back; null when it does something else. */
export function clawedBack(body: SignedBody): string | null {
  return isNonceBody(body) ? null : (body.clawback?.sparkTxid ?? null)
}

function hasOneAction(body: { recipient?: unknown; evmTransaction?: unknown; clawback?: unknown }): boolean {
  return (
    [body.recipient, body.evmTransaction, body.clawback].filter((action) => action !== undefined).length === 1
  )
}
