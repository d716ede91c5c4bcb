import type { DriftFact } from '../../../shared/intent/fact.ts'
import { numberText } from './exactJson.ts'
import { isSaid } from './shape.ts'
import { detailText, instantOf } from './wireValues.ts'

/** Longest word that is counted, characters; documented ones have fewer than fifty. */
const LONGEST_WORD = 200

/** Longest text that stands for a time and is counted, characters: ISO 8601 has fewer than forty. */
const LONGEST_TIME = 64

/** A word that nobody has described. */
export function unknownWord(where: string, what: string): DriftFact {
  return { about: 'drift', kind: 'unknown-word', where, what: what.slice(0, LONGEST_WORD) }
}

/** Amounts that came as JSON numbers, which another reader may have rounded. */
export function lossyNumbers(where: string, fields: Record<string, unknown>): DriftFact[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const what = numberText(value)
    return what === null ? [] : [{ about: 'drift', kind: 'lossy-number', where: `${where}.${field}`, what }]
  })
}

/** Times that were said and are none. */
export function strangeTimes(where: string, fields: Record<string, unknown>): DriftFact[] {
  return Object.entries(fields)
    .filter(([, value]) => isSaid(value) && instantOf(value) === null)
    .map(([field, value]) => unknownWord(`${where}.${field}`, detailText(value).slice(0, LONGEST_TIME)))
}
