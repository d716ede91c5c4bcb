import { z } from 'zod'
import { readJson } from './exactJson.ts'
import { LosslessNumber } from 'lossless-json'
import { isJsonObject } from './shape.ts'

/** A field of a command that a form gives as text and a file as JSON: the same value either way. */
export function jsonField<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.preprocess((value, context) => {
    const read = jsonIn(value)
    if (read !== undefined) return read
    context.addIssue('has to be JSON, and cannot be read as such')
    return z.NEVER
  }, schema)
}

/** The value that a text holds as JSON, numbers that JavaScript would round as their digits; undefined where it is no JSON. */
export function jsonIn(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const read = readJson(value)
  return 'value' in read ? withDigits(read.value) : undefined
}

function withDigits(value: unknown): unknown {
  if (value instanceof LosslessNumber) return value.value
  if (Array.isArray(value)) return value.map(withDigits)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDigits(inner)]))
}
