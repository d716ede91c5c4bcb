import { z } from 'zod'
import { readJson } from './exactJson.ts'
import { LosslessNumber } from 'lossless-json'
import { lostKey, lostKeyWords, type LostKey } from './lostKey.ts'
import { isJsonObject } from './shape.ts'

/** A field of a command that a form gives as text and a file as JSON: the same value either way. */
export function jsonField<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.preprocess((value, context) => {
    const read = jsonIn(value)
    const lost = read === undefined ? null : lostKeyIn(value)
    if (read !== undefined && lost === null) return read
    context.addIssue(lost === null ? 'has to be JSON, and cannot be read as such' : lostKeyWords(lost))
    return z.NEVER
  }, schema)
}

/** The value that a text holds as JSON, numbers that JavaScript would round as their digits; undefined where it is no JSON. */
export function jsonIn(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const read = readJson(value)
  return 'value' in read ? withDigits(read.value) : undefined
}

/** As `jsonIn`, but undefined too where a key would be lost: of what somebody signed, nothing is left out in silence. */
export function wholeJsonIn(value: unknown): unknown {
  const read = jsonIn(value)
  return read === undefined || lostKeyIn(value) !== null ? undefined : read
}

/** What would be lost from a value that is a text of JSON, or no text. */
function lostKeyIn(value: unknown): LostKey | null {
  return typeof value === 'string' ? lostKey(value) : null
}

function withDigits(value: unknown): unknown {
  if (value instanceof LosslessNumber) return value.value
  if (Array.isArray(value)) return value.map(withDigits)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDigits(inner)]))
}
