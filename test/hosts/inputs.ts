import fc from 'fast-check'
import type { z } from 'zod'

/** A JSON Schema, as far as the contract's inputs use it. */
export type InputSchema = z.core.JSONSchema.BaseSchema

/** Longest wait that a made-up feed asks for, milliseconds: what is tried out here is not patience. */
const LONGEST_MADE_UP_WAIT_MS = 5

/** Texts that some program somewhere has stumbled over. */
const NASTY_TEXTS = [
  '',
  ' ',
  '0',
  'null',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '/',
  '\0',
  '\u{202E}txt.exe',
  '\uD800',
  "'; drop table intents; --",
  '"*" OR "',
  '(((((',
  'is:',
  'age:>1e999d',
  'not not not',
  '%',
  '$where',
  '0x'.padEnd(68, 'f'),
  'x'.repeat(500),
  // As long as a hash.
  'f'.repeat(64),
]

/** Values of every wrong kind. */
const NASTY_VALUES: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  0.5,
  Number.NaN,
  Infinity,
  -Infinity,
  2 ** 53,
  1e308,
  10n ** 30n,
  '',
  'x'.repeat(100_000),
  [],
  [[]],
  {},
  { toString: 1 },
  { length: -1 },
  { then: 'x' },
  new Date(Number.NaN),
  new Map([['a', 1]]),
  new Set([1]),
  /a+$/,
]

/** Inputs that a schema allows; `known` are texts that mean something to the console under test. */
export function allowed(schema: InputSchema, known: readonly string[]): fc.Arbitrary<unknown> {
  return valueOf(schema, known)
}

/** Inputs that are nearly what a schema allows, or nothing like it. A few may still be allowed. */
export function twisted(schema: InputSchema, known: readonly string[]): fc.Arbitrary<unknown> {
  const nasty = fc.constantFrom(...NASTY_VALUES)
  const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true })
  const names = Object.keys(schema.properties ?? {})
  const oneWrong = fc
    .tuple(valueOf(schema, known), fc.constantFrom('text', ...names), fc.oneof(nasty, anything))
    .map(([value, name, wrong]) => ({ ...(value as object), [name]: wrong }))
  const oneMissing = fc
    .tuple(valueOf(schema, known), fc.constantFrom('text', ...names))
    .map(([value, gone]) =>
      Object.fromEntries(Object.entries(value as object).filter(([name]) => name !== gone)),
    )
  const wrapped = valueOf(schema, known).map((value) => [value])
  return fc.oneof({ weight: 4, arbitrary: oneWrong }, oneMissing, wrapped, nasty, anything)
}

function valueOf(schema: InputSchema, known: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) {
    return fc.oneof(...schema.anyOf.map((one) => valueOf(one, known)))
  }
  const { type } = schema
  if (type === 'object') return objectOf(schema, known)
  if (type === 'array') {
    return fc.array(valueOf(schema.items as InputSchema, known), { maxLength: 5 })
  }
  if (type === 'string') return textOf(schema, known)
  if (type === 'integer') return integerOf(schema)
  if (type === 'number') return fc.double({ noNaN: true, noDefaultInfinity: true })
  if (type === 'boolean') return fc.boolean()
  return type === 'null' ? fc.constant(null) : fc.anything()
}

function objectOf(schema: InputSchema, known: readonly string[]): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    name === 'waitMs'
      ? fc.integer({ min: 0, max: LONGEST_MADE_UP_WAIT_MS })
      : valueOf(property as InputSchema, known),
  ])
  if (properties.length === 0 && schema.additionalProperties !== undefined) {
    return fc.dictionary(textOf({}, known), fc.anything(), { maxKeys: 3 })
  }
  const model = Object.fromEntries(properties) as Record<string, fc.Arbitrary<unknown>>
  return fc.record(model, { requiredKeys: schema.required ?? [] })
}

function textOf(schema: InputSchema, known: readonly string[]): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 500 } = schema
  const fits = [...known, ...NASTY_TEXTS].filter(({ length }) => length >= minLength && length <= maxLength)
  return fc.oneof(
    fc.constantFrom(...fits),
    fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 500) }),
  )
}

function integerOf(schema: InputSchema): fc.Arbitrary<number> {
  const { minimum: min = Number.MIN_SAFE_INTEGER, maximum: max = Number.MAX_SAFE_INTEGER } = schema
  const small = fc.integer({ min: Math.max(min, -10), max: Math.min(max, 50) })
  return fc.oneof(small, fc.constantFrom(min, max), fc.integer({ min, max }))
}
