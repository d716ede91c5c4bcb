import type { z } from 'zod'

/** What a value should look like; a clause follows “it”, a sentence stands by itself. */
export interface Expectation {
  sentence: string
  isClause: boolean
}

/** The schema library’s own words for what it expected, which nobody should have to read. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
}

/** What an issue of a schema asks for, in the words of the schema where it has any of its own. */
export function expectation(issue: z.core.$ZodIssue): Expectation {
  const { message } = issue
  const isOwn = !/^(?:Invalid|Too |Unrecognized|Expected)/.test(message)
  const sentence = (isOwn ? message : wordsOf(issue)).replace(/\.$/, '')
  return { sentence, isClause: /^[a-z]/.test(sentence) }
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `has to be ${KINDS[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value')
    return `has to be ${issue.values.map((value) => `“${String(value)}”`).join(' or ')}`
  if (issue.code === 'too_big')
    return `${verbOf(issue.origin)} at most ${String(issue.maximum)}${unitOf(issue.origin)}`
  if (issue.code !== 'too_small') return 'has another form than is taken here'
  const { origin, minimum } = issue
  if (origin === 'string' && minimum === 1) return 'must not be empty'
  return `${verbOf(origin)} at least ${String(minimum)}${unitOf(origin)}`
}

function verbOf(origin: string): string {
  return origin === 'string' || origin === 'array' ? 'has to have' : 'has to be'
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : ''
}
