import { LosslessNumber } from 'lossless-json'
import { z } from 'zod'
import { Failure } from '../../../../shared/api/failure.ts'
import type { CommandFieldMaker } from '../../command.ts'
import type { Generation } from '../api.ts'

/** Longest word, id or address that is believed; the longest documented one is a public key in hex. */
const LONGEST_WORD = 200

/** Most digits on either side of the point: no token has more base units than 78 digits can count. */
const PLAIN_DECIMAL = /^(?:0|[1-9]\d{0,77})(?:\.\d{1,78})?$/

const PLAIN_DECIMAL_WORDS =
  'has to be an amount in whole tokens, decimal and above zero; as text when it is long'

/** A word, an id or an address. */
export const word = z
  .string({ error: 'has to be a text' })
  .trim()
  .min(1, 'must not be empty')
  .max(LONGEST_WORD, `has at most ${LONGEST_WORD} characters`)

/** An internal id of a network, which is no chain id; a form gives digits, a file a number. */
export const networkId = z.coerce
  .number({ error: 'has to be a network id in digits' })
  .int('has to be a whole number')
  .min(0, 'has to be a network id in digits')
  .max(Number.MAX_SAFE_INTEGER, 'has to be a network id in digits')

/** An amount in whole tokens, kept as it was written: a number that has lost digits on the way is refused. */
export const wholeAmount = z
  .union([z.string().trim(), z.number().transform(String)], { error: PLAIN_DECIMAL_WORDS })
  .refine((text) => PLAIN_DECIMAL.test(text) && /[1-9]/.test(text), PLAIN_DECIMAL_WORDS)

/** Basis points, as text on the wire. */
export const basisPoints = z
  .union([z.string().trim(), z.number().transform(String)], { error: 'has to be basis points in digits' })
  .refine(
    (text) => /^\d{1,5}$/.test(text) && Number(text) <= 10_000,
    'has to be basis points in digits, at most 10000',
  )

/** [S] writes amounts as numbers, [G3] as texts; either way the digits are those that were filled in. */
export function amountOnWire(amount: string, generation: Generation): string | LosslessNumber {
  return generation === 'signed' ? amount : new LosslessNumber(amount)
}

/** Names of fields that stand together; one that may be left out ends with a question mark. */
export type Form = readonly string[]

/**
 * Fails with `usage` unless the fields that were filled in are exactly those of one of the forms that the generation of the
 * connection takes; what another generation would take is not sent to this one.
 */
export function requireForm(place: string, filledIn: object, forms: readonly Form[]): void {
  const names = Object.entries(filledIn).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (forms.some((form) => isOf(names, form))) return
  const takes = forms.map((form) => form.map((name) => name.replace('?', ' (may be left out)')).join(', '))
  const found = names.length === 0 ? 'nothing' : names.join(', ')
  throw new Failure(
    'usage',
    `The input is wrong: ${place} holds ${found}; here it takes ${takes.join(' – or ')}.`,
    {
      tip: 'Each generation of this API names its fields differently; the profile says which one is at this address.',
    },
  )
}

function isOf(names: readonly string[], form: Form): boolean {
  const allowed = form.map((name) => name.replace('?', ''))
  return (
    names.every((name) => allowed.includes(name)) &&
    form.every((name) => name.endsWith('?') || names.includes(name))
  )
}

/** The line of a form for a field of the contract. */
export function field(
  name: string,
  words: string,
  more: Pick<CommandFieldMaker, 'kind' | 'isRequired' | 'hint'>,
): CommandFieldMaker {
  return { name, words, ...more }
}
