import { formatUnits } from '../../../shared/intent/amount.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { exactText, readJson } from '../kit/exactJson.ts'
import { isJsonObject, type JsonObject } from '../kit/shape.ts'
import { digitsOf } from '../kit/wireValues.ts'
import { permitOf } from './permit.ts'
import { readPsbt } from './psbt.ts'

/** What each kind of approval asks of the maker; the page calls the list open. */
const APPROVALS: Record<string, string> = {
  permit2: 'a Permit2 signature (EVM, Tron)',
  htlc: 'a signed Bitcoin transaction',
  psbt: 'a signed Bitcoin transaction',
  cosign: 'a co-signed Solana transaction',
}

/** A bitcoin has 100 million base units. */
const BITCOIN_DECIMALS = 8

/** What signing means for the maker, by the kind of approval. */
const MEANINGS: Record<string, string> = {
  permit2:
    'The wallet signs typed data and sends nothing. The signature lets the escrow take the amount from the maker by Permit2, bound to what stands under “witness”.',
  htlc: 'The wallet signs these inputs of the partially signed transaction, which locks the maker’s bitcoin, and sends nothing itself.',
  cosign: 'The wallet signs this Solana transaction beside the resolver’s key, and sends nothing itself.',
}

/** One line of what has to be signed. */
export interface SignedField {
  name: string
  /** As the data itself says, else what it is; empty when nobody says. */
  type: string
  value: string
}

/** What has to be signed, for people: every field, whatever the kind. */
export interface Signable {
  /** One sentence; null for a kind that nobody has described. */
  meaning: string | null
  fields: SignedField[]
  /** The JSON as the system gave it. */
  raw: string
}

/** A kind of approval in words; one that nobody has described as the system wrote it. */
export function approvalWords(kind: string | null): string {
  if (kind === null) return 'an approval'
  return Object.hasOwn(APPROVALS, kind) ? (APPROVALS[kind] ?? kind) : `an approval of the kind “${kind}”`
}

/** Whether the page says what a kind of approval is. */
export function isDescribed(kind: string): boolean {
  return Object.hasOwn(APPROVALS, kind)
}

/** What the system asked the maker's wallet to sign; null when it is not known. */
export function paramsToSign({ parts }: Intent): JsonObject | null {
  const text = parts['approval']?.['approval']?.['toSign']
  const read = text === undefined ? null : readJson(text)
  return read !== null && 'value' in read && isJsonObject(read.value) ? read.value : null
}

/** The same field by field; null when it is not known. */
export function signableOf(intent: Intent): Signable | null {
  const params = paramsToSign(intent)
  if (params === null) return null
  const kind = intent.parts['approval']?.['approval']?.['kind'] ?? ''
  const family = kind === 'psbt' ? 'htlc' : kind
  const meaning = Object.hasOwn(MEANINGS, family) ? (MEANINGS[family] ?? null) : null
  return { meaning, fields: fieldsOf(family, params, intent), raw: exactText(params) }
}

function fieldsOf(kind: string, params: JsonObject, intent: Intent): SignedField[] {
  switch (kind) {
    case 'permit2':
      return permitFields(params, intent)
    case 'htlc':
      return bitcoinFields(params)
    case 'cosign':
      return Object.entries(params).flatMap(([name, value]) =>
        leaves(name, value).map((leaf) => ({
          ...leaf,
          type: name === 'transaction' ? bytesWords(leaf.value) : '',
        })),
      )
    default:
      return leaves('', params)
  }
}

/** The whole message where it can be put together, else what the system gave. */
function permitFields(params: JsonObject, intent: Intent): SignedField[] {
  const permit = permitOf(params, intent)
  if (permit === null) return leaves('', params)
  const { domain, types, primaryType, message } = permit
  return [...leaves('domain', domain), ...typedLeaves('', message, { type: primaryType, types })]
}

/** Every leaf of a message under the type that its struct gives it. */
function typedLeaves(
  name: string,
  value: unknown,
  { type, types }: { type: string; types: Record<string, { name: string; type: string }[]> },
): SignedField[] {
  const fields = types[type]
  if (fields === undefined || !isJsonObject(value))
    return leaves(name, value).map((leaf) => ({ ...leaf, type }))
  return fields.flatMap((field) =>
    typedLeaves(name === '' ? field.name : `${name}.${field.name}`, value[field.name], {
      type: field.type,
      types,
    }),
  )
}

/** Which inputs are signed, and what the transaction spends and pays, where it can be read. */
function bitcoinFields(params: JsonObject): SignedField[] {
  const { inputs, psbt } = params
  const outline = typeof psbt === 'string' ? readPsbt(psbt) : null
  const signed = (Array.isArray(inputs) ? inputs : []).map((input: unknown) => {
    const place = digitsOf(input) ?? exactText(input)
    const spent = outline?.inputs[Number(place)]
    return { name: `input ${place} to sign`, type: 'output spent', value: spent ?? 'not known' }
  })
  const paid = (outline?.outputs ?? []).map(({ sats, script }, place) => ({
    name: `output ${place}`,
    type: `${formatUnits(sats, BITCOIN_DECIMALS)} BTC to script`,
    value: script,
  }))
  const { inputs: _signed, ...rest } = params
  return [...signed, ...paid, ...leaves('', rest)]
}

/** Every value of a JSON tree under its path. */
function leaves(name: string, value: unknown): SignedField[] {
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([key, inner]) =>
      leaves(name === '' ? key : `${name}.${key}`, inner),
    )
  }
  return [{ name, type: '', value: digitsOf(value) ?? exactText(value) }]
}

function bytesWords(hex: string): string {
  return /^(?:0x)?(?:[0-9a-f]{2})+$/i.test(hex) ? `hex, ${hex.replace(/^0x/i, '').length / 2} bytes` : ''
}
