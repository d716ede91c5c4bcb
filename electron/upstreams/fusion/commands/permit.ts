import { z } from 'zod'
import { toEpochMs } from '../../../../shared/intent/time.ts'
import type { Condition, Given } from '../../command.ts'
import { isKeySignature, NOT_BY_ONE_KEY, recoverSigner } from '../../kit/recoverSigner.ts'
import { isJsonObject } from '../../kit/shape.ts'
import { met, unknown, unmet, utc } from '../../kit/verdict.ts'
import type { TypedData } from './typedData.ts'

/** What is relayed. The body is documented nowhere: the names are those of Permit2 itself. */
export const permit = z.strictObject({
  signature: z
    .string({ error: 'has to be a text' })
    .trim()
    .regex(/^0x(?:[0-9a-f]{2})+$/i, 'has to be 0x and hex digits'),
  nonce: z
    .string({ error: 'has to be a text' })
    .regex(/^\d{1,78}$/, 'has to be decimal digits')
    .optional(),
  deadline: z.coerce
    .number({ error: 'has to be unix seconds' })
    .int('has to be whole seconds')
    .positive('has to be unix seconds')
    .optional(),
})

/** What is relayed, and what it is checked with. */
export type Permit = z.infer<typeof permit> & { typedData?: TypedData | undefined }

type Check = Condition<Given<Permit>>

const NOT_GIVEN = 'The typed data that was signed was not given, so this cannot be checked here.'

/** Whether the maker's own key signed. */
export const permitSigner: Check = {
  name: 'permit signed by the maker',
  check: async ({ intent, input: { typedData, signature } }) => {
    const maker = intent?.maker ?? null
    if (typedData === undefined) return unknown(NOT_GIVEN)
    if (maker === null) return unknown('The maker of this intent is not known.')
    if (!isKeySignature(signature)) return NOT_BY_ONE_KEY
    const signer = await recoverSigner(typedData, signature)
    if (signer === null) return unmet('No signer can be recovered: signature and typed data do not fit.')
    return signer.toLowerCase() === maker.toLowerCase()
      ? met(`It recovers to ${maker}.`)
      : unmet(`It recovers to ${signer}, not to the maker ${maker}.`)
  },
}

/** Whether the permit holds on the chain where the funds are. */
export const permitChain: Check = {
  name: 'permit for the source chain',
  check: ({ intent, input: { typedData } }) => {
    const signed = typedData?.domain.chainId
    const source = intent?.source.chainId ?? null
    if (typedData === undefined) return unknown(NOT_GIVEN)
    if (signed === undefined || source === null)
      return unknown('The chain of the permit or of the intent is not known.')
    return signed === source
      ? met()
      : unmet(`The permit is for chain ${signed}, the source is chain ${source}.`)
  },
}

/** Whether the permit is for what the intent sells, and for as much. */
export const permitAmount: Check = {
  name: 'permit for the source amount',
  check: ({ intent, input: { typedData } }) => {
    if (typedData === undefined) return unknown(NOT_GIVEN)
    const permitted = typedData.message['permitted']
    const { token, amount } = isJsonObject(permitted) ? permitted : {}
    const wanted = intent?.source
    if (
      typeof token !== 'string' ||
      !/^\d+$/.test(String(amount)) ||
      !wanted?.amount ||
      wanted.token === null
    )
      return unknown('The permit or the intent does not say token and amount in a form that is known here.')
    if (token.toLowerCase() !== wanted.token.toLowerCase())
      return unmet(`The permit is for token ${token}, the intent sells ${wanted.token}.`)
    const tooMuch = BigInt(String(amount)) - BigInt(wanted.amount.amountRaw)
    if (tooMuch === 0n) return met()
    return tooMuch < 0n
      ? unmet(`The permit is for ${String(amount)} base units, the intent needs ${wanted.amount.amountRaw}.`)
      : unknown(
          `The permit is for ${String(amount)} base units, more than the ${wanted.amount.amountRaw} of the intent.`,
        )
  },
}

/** The permit's own deadline, unix seconds; the intent's is another. */
export const permitDeadlineAhead: Check = {
  name: 'permit deadline ahead',
  check: ({ input: { deadline, typedData }, nowMs }) => {
    const signedMs = toEpochMs(typedData?.message['deadline'])
    const atMs = deadline === undefined ? signedMs : deadline * 1_000
    if (atMs === null) return unknown('The deadline of the permit is not known.')
    if (signedMs !== null && signedMs !== atMs)
      return unmet(`The deadline given is ${utc(atMs)}, the one that was signed ${utc(signedMs)}.`)
    return nowMs < atMs ? met(`It passes ${utc(atMs)}.`) : unmet(`The permit ran out ${utc(atMs)}.`)
  },
}
