import type { Condition, Given, Verdict } from '../../command.ts'
import { isKeySignature, NOT_BY_ONE_KEY, recoverSigner } from '../../kit/recoverSigner.ts'
import { met, unknown, unmet } from '../../kit/verdict.ts'
import { familyOf, type SignedIntent } from './signedIntent.ts'
import type { Signing, Structs } from './typedData.ts'

/** What the signed struct calls a field of the body (docs/reference/intent-schema); the others keep their names. */
const SIGNED_NAMES = {
  sender: 'user',
  fromChain: 'sourceChain',
  toChain: 'destinationChain',
  fromToken: 'sourceToken',
  toToken: 'destinationToken',
  minAmountOut: 'minReceived',
} as const

const STRUCT = 'CrossChainIntent'

/** The page names the fields and neither types nor order: this is the likeliest, and a signature that fits it proves it right. */
const ASSUMED: Structs = {
  [STRUCT]: [
    { name: 'user', type: 'address' },
    { name: 'sourceChain', type: 'uint256' },
    { name: 'destinationChain', type: 'uint256' },
    { name: 'sourceToken', type: 'address' },
    { name: 'destinationToken', type: 'address' },
    { name: 'amount', type: 'uint256' },
    { name: 'minReceived', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
  ],
}

/** Whether the maker's own key signed exactly these values. */
export const signatureFits: Condition<Given<SignedIntent & Signing>> = {
  name: 'signature fits the sender',
  check: ({ input }) => {
    const { domain, fromChain, signature } = input
    if (familyOf(fromChain) !== 'evm')
      return unknown('A signature of this chain cannot be checked here; the backend checks it.')
    if (domain === undefined)
      return unknown(
        'Without the EIP-712 domain nothing can be recovered: read it with “Get domain” and add it.',
      )
    if (domain.chainId !== undefined && domain.chainId !== fromChain)
      return unmet(`The domain is of chain ${domain.chainId}, and the intent starts on chain ${fromChain}.`)
    if (!isKeySignature(signature)) return NOT_BY_ONE_KEY
    return recovered(input, domain)
  },
}

async function recovered(
  input: SignedIntent & Signing,
  domain: NonNullable<Signing['domain']>,
): Promise<Verdict> {
  const types = input.types ?? ASSUMED
  const message = messageOf(input, types[STRUCT] ?? [])
  if (message === null)
    return unmet(`The types do not describe a ${STRUCT} of the values that are submitted.`)
  const signer = await recoverSigner({ domain, types, primaryType: STRUCT, message }, input.signature)
  if (signer?.toLowerCase() === input.sender.toLowerCase()) return met(`It recovers to ${input.sender}.`)
  const found = signer === null ? 'Nothing can be recovered from it' : `It recovers to ${signer}`
  return input.types === undefined
    ? unknown(`${found} with the assumed order of fields, not to the sender; add the types that were signed.`)
    : unmet(`${found}, not to the sender ${input.sender}.`)
}

/** The values of the struct's fields, taken from what is submitted; null where it has one that is not. */
function messageOf(input: SignedIntent, fields: Structs[string]): Record<string, unknown> | null {
  const { intentId: _unsigned, signature: _over, ...signed } = input
  const values = Object.fromEntries(
    Object.entries(signed).map(([name, value]) => [signedName(name), value] as const),
  )
  const isWhole = fields.length > 0 && fields.every(({ name }) => Object.hasOwn(values, name))
  return isWhole ? Object.fromEntries(fields.map(({ name }) => [name, values[name]])) : null
}

function signedName(name: string): string {
  return Object.hasOwn(SIGNED_NAMES, name) ? SIGNED_NAMES[name as keyof typeof SIGNED_NAMES] : name
}
