import { z } from 'zod'
import { comparableId } from '../../../../shared/intent/ids.ts'
import type { Intent } from '../../../../shared/intent/intent.ts'
import type { Condition, Given, Verdict } from '../../command.ts'
import { jsonField } from '../../kit/jsonField.ts'
import { NOT_BY_ONE_KEY, recoverSigner } from '../../kit/recoverSigner.ts'
import { met, unknown, unmet } from '../../kit/verdict.ts'
import type { DefiSettings } from '../index.ts'
import { permitData, permitDifferences, permitOf } from '../permit.ts'
import { approvalWords, paramsToSign } from '../signable.ts'
import { generationOf } from './endPoints.ts'
import { word } from './fields.ts'

/** Longest signed text that is believed, characters: a Bitcoin transaction of some hundred inputs in base64. */
const LONGEST_SIGNED = 200_000

const signedText = z
  .string({ error: 'has to be a text' })
  .trim()
  .min(1, 'must not be empty')
  .max(LONGEST_SIGNED, `has at most ${LONGEST_SIGNED} characters`)

/** What a maker has signed, as it is posted. `typedData` is what it is checked with, and is not sent. */
export const approvalInput = z.strictObject({
  approval_type: word,
  signed_data: z.union([signedText, z.strictObject({ transaction: signedText, user_address: word })], {
    error: 'has to be a text, or an object of transaction and user_address',
  }),
  typedData: jsonField(permitData).optional(),
})

/** What a maker has signed. */
export type ApprovalInput = z.infer<typeof approvalInput>

type Check = Condition<Given<ApprovalInput, DefiSettings>>

/** [S] calls a Bitcoin approval psbt where it is added, and htlc where it is asked for; [G3] htlc in both places. */
const BITCOIN = ['psbt', 'htlc']

/** Whether what was signed is what the intent asks for. */
export const kindAsAsked: Check = {
  name: 'kind of approval as asked',
  check: (given) => {
    const { approval_type: kind } = given.input
    const asked = kindOf(given.intent)
    if (asked === null) return unknown('What kind of approval this intent asks for is not known.')
    if (BITCOIN.includes(asked) && BITCOIN.includes(kind)) {
      const written = generationOf(given) === 'signed' ? 'htlc' : 'psbt'
      return kind === written
        ? met()
        : unknown(`The page of this generation writes “${written}” for it, not “${kind}”.`)
    }
    return kind === asked
      ? met()
      : unmet(`The intent asks for ${approvalWords(asked)}, and this is ${approvalWords(kind)}.`)
  },
}

/** Whether it looks like what its kind promises. */
export const formOfSigned: Check = {
  name: 'form of what was signed',
  check: ({ input: { approval_type: kind, signed_data: signed } }) => {
    switch (kind) {
      case 'permit2':
        return fits(typeof signed === 'string' && /^0x(?:[0-9a-f]{2})+$/i.test(signed), '0x and hex digits')
      case 'htlc':
      case 'psbt':
        // Every partially signed transaction begins with the bytes of “psbt” (BIP 174).
        return fits(typeof signed === 'string' && /^cHNidP[\w+/]*={0,2}$/.test(signed), 'a PSBT in base64')
      case 'cosign':
        return fits(
          typeof signed !== 'string' || /^[\w+/]+={0,2}$/.test(signed),
          'an object of transaction and user_address, or base64',
        )
      default:
        return unknown(`Nobody has described the kind “${kind}”: it is sent as it stands.`)
    }
  },
}

/** Whether the maker's own key signed what the system asked for. */
export const signedByMaker: Check = {
  name: 'signed by the maker',
  check: async ({ input, intent }) => {
    const { approval_type: kind, signed_data: signed } = input
    const maker = intent?.maker ?? null
    if (typeof signed !== 'string') return namesMaker(signed.user_address, maker)
    if (kind !== 'permit2')
      return unknown('A signature of this kind cannot be checked here; the system checks it.')
    if (intent === null || maker === null) return unknown('The maker of this intent is not known.')
    return permitVerdict({ ...input, signed_data: signed }, intent, maker)
  },
}

async function permitVerdict(
  { signed_data: signature, typedData: given }: ApprovalInput & { signed_data: string },
  intent: Intent,
  maker: string,
): Promise<Verdict> {
  const params = paramsToSign(intent)
  const data = given ?? (params === null ? null : permitOf(params, intent))
  if (data === null)
    return unknown(
      'What had to be signed is not known: add the typed data that the wallet signed, to have it checked.',
    )
  const differences = given === undefined || params === null ? [] : permitDifferences(given, params, intent)
  if (differences.length > 0)
    return unmet(`Something else was signed than the system asked for: ${differences.join(', ')}.`)
  const signer = await recoverSigner(data, signature)
  if (signer === null) return NOT_BY_ONE_KEY
  if (comparableId(signer) === comparableId(maker)) return met(`It recovers to ${maker}.`)
  return given === undefined
    ? unknown(
        `It recovers to ${signer}, not to the maker ${maker}, if the fields come together as assumed; add the typed data that was signed.`,
      )
    : unmet(`It recovers to ${signer}, not to the maker ${maker}.`)
}

function namesMaker(address: string, maker: string | null): Verdict {
  if (maker !== null && address !== maker)
    return unmet(`It is signed for ${address}, and the maker is ${maker}.`)
  return unknown('A signature of this kind cannot be checked here; the system checks it.')
}

function kindOf(intent: Intent | null): string | null {
  return intent?.parts['approval']?.['approval']?.['kind'] ?? null
}

function fits(isGood: boolean, wanted: string): Verdict {
  return isGood ? met() : unmet(`What was signed has to be ${wanted}.`)
}
