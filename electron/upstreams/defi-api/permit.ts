import { z } from 'zod'
import { comparableId } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { jsonIn } from '../kit/jsonField.ts'
import { exactText } from '../kit/exactJson.ts'
import { isJsonObject, isSaid, type JsonObject } from '../kit/shape.ts'

/** The struct that Permit2 has signed where a witness comes with it (Uniswap/permit2, SignatureTransfer). */
const PRIMARY = 'PermitWitnessTransferFrom'

/** Typed data as a wallet signs it (EIP-712). Integers are decimal digits. */
export const permitData = z.object({
  domain: z.record(z.string(), z.unknown()),
  types: z.record(z.string(), z.array(z.object({ name: z.string(), type: z.string() }))),
  primaryType: z.string(),
  message: z.record(z.string(), z.unknown()),
})

/** Typed data as a wallet signs it. */
export type PermitData = z.infer<typeof permitData>

/**
 * The typed data that a maker has to sign, put together from what the system gave: domain, types and witness as they came, and
 * around them the permit of the escrow for the source amount. The page does not show how its fields come together [C]. Null when a
 * field of it is not known.
 */
export function permitOf(params: JsonObject, { source, deadlines }: Intent): PermitData | null {
  // Numbers beyond 2^53 become digits: a nonce of Permit2 has up to 256 bits.
  const {
    escrow_contract_address: spender,
    nonce,
    additional_data: more,
  } = jsonIn(exactText(params)) as JsonObject
  const { domain, types, witness } = isJsonObject(more) ? more : {}
  const parsed = permitData.safeParse({ domain, types, primaryType: PRIMARY, message: {} })
  const fields = parsed.data?.types[PRIMARY]
  if (!parsed.success || fields === undefined) return null
  const approvalAtMs = deadlines.find(({ kind }) => kind === 'intentDeadline')?.atMs
  const seconds = approvalAtMs === undefined ? null : Math.floor(approvalAtMs / 1_000)
  const known: Record<string, unknown> = {
    permitted: source.amount === null ? null : { token: source.token, amount: source.amount.amountRaw },
    spender,
    nonce,
    // The witness binds a deadline of its own, which is the one of the permit where it has it.
    deadline: (isJsonObject(witness) ? witness['deadline'] : null) ?? seconds,
    witness,
  }
  const isWhole = fields.every(({ name }) => Object.hasOwn(known, name) && isSaid(known[name]))
  if (!isWhole) return null
  return { ...parsed.data, message: Object.fromEntries(fields.map(({ name }) => [name, known[name]])) }
}

/** Where typed data that a wallet signed differs from what the system asked for; empty when it does not. */
export function permitDifferences(signed: PermitData, params: JsonObject, { source }: Intent): string[] {
  const {
    escrow_contract_address: escrow,
    permit2_contract_address: permit2,
    nonce,
    additional_data: more,
  } = jsonIn(exactText(params)) as JsonObject
  const { permitted, spender, nonce: signedNonce, witness } = signed.message
  const { token, amount } = isJsonObject(permitted) ? permitted : {}
  const pairs: [what: string, signed: unknown, asked: unknown][] = [
    ['contract', signed.domain['verifyingContract'], permit2],
    ['spender', spender, escrow],
    ['nonce', signedNonce, nonce],
    ['token', token, source.token],
    ['amount', amount, source.amount?.amountRaw],
    ['witness', witness, isJsonObject(more) ? more['witness'] : undefined],
  ]
  return pairs.flatMap(([what, is, asked]) =>
    !isSaid(asked) || textOf(is) === textOf(asked)
      ? []
      : [`${what} ${textOf(is)} in place of ${textOf(asked)}`],
  )
}

/** Equal for equal values, numbers and their digits alike; letter case of addresses does not count. */
function textOf(value: unknown): string {
  if (!isJsonObject(value)) return comparableId(String(value))
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([name, inner]) => `${name}: ${textOf(inner)}`).join(', ')
}
