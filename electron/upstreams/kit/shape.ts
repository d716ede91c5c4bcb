import type { z } from 'zod'
import type { DriftFact, Fact, QuarantineFact } from '../../../shared/intent/fact.ts'

/** A JSON object, keys as they came. */
export type JsonObject = Record<string, unknown>

/** What could be read of a frame, and what could not. */
export interface Shaped<T> {
  /** Null when an essential field is wrong. */
  value: T | null
  problems: QuarantineFact[]
}

/** Whether a value is a JSON object (not an array, not a number kept exact). */
export function isJsonObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Whether the wire said anything for a field: neither absent nor null. */
export function isSaid<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null
}

/** What a value is, in a word for a sentence. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return isJsonObject(value) ? 'an object' : 'a number'
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text'
  return `a ${typeof value}`
}

/** The quarantine of a whole frame whose root is not what it should be. */
export function wrongRoot(found: unknown): QuarantineFact {
  return { about: 'quarantine', path: '$', reason: `Expected an object, found ${kindOf(found)}.` }
}

/**
 * Reads an object by a schema. When fields are wrong that are not essential, the others are still read; each wrong
 * field is a problem with its path. Fields that the schema does not name are left out.
 */
export function shapeBy<T>(schema: z.ZodType<T>, frame: JsonObject, essential: readonly string[]): Shaped<T> {
  const whole = schema.safeParse(frame)
  if (whole.success) return { value: whole.data, problems: [] }
  const problems = whole.error.issues.map((issue) => problemOf(issue, frame))
  const wrong = new Set(whole.error.issues.map((issue) => String(issue.path[0])))
  if (essential.some((field) => wrong.has(field))) return { value: null, problems }
  const good = Object.fromEntries(Object.entries(frame).filter(([field]) => !wrong.has(field)))
  const rest = schema.safeParse(good)
  return { value: rest.success ? rest.data : null, problems }
}

/** The same facts, where what is wrong was found one level further down: `$.x` becomes `$.<path>.x`. */
export function under<F extends Fact>(path: string, facts: readonly F[]): F[] {
  return facts.map((fact) =>
    fact.about === 'quarantine' ? { ...fact, path: `$.${path}${fact.path.slice(1)}` } : fact,
  )
}

/** Every field of a frame that its schema does not name. */
export function unknownFields(where: string, frame: JsonObject, known: ReadonlySet<string>): DriftFact[] {
  return Object.keys(frame)
    .filter((field) => !known.has(field))
    .map((what) => ({ about: 'drift', kind: 'unknown-field', where, what: what.slice(0, 200) }))
}

function problemOf(issue: z.core.$ZodIssue, frame: JsonObject): QuarantineFact {
  let path = '$'
  let found: unknown = frame
  for (const step of issue.path) {
    path += typeof step === 'number' ? `[${step}]` : `.${String(step)}`
    found = isJsonObject(found) ? found[String(step)] : undefined
  }
  return { about: 'quarantine', path, reason: `Expected ${issue.message}, found ${kindOf(found)}.` }
}
