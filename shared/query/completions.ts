import { CLOSED_VALUES, FIELDS, type Field } from './query.ts'

/** Texts that may stand between `from` and `to`, best first. */
export interface Completions {
  from: number
  to: number
  options: string[]
}

/** Values that only the caller knows, such as the connections there are. */
export type KnownValues = Partial<Record<Field, readonly string[]>>

/** Examples for the fields that compare lengths of time. */
const DURATIONS = ['>10m', '>1h', '>1d', '<10m', '<1h', '<1d']

/** What may stand at the caret: names of fields while a word begins, then the values of the field. */
export function completions(text: string, caret: number, known: KnownValues = {}): Completions {
  const before = text.slice(0, caret)
  const word = /[^\s()"]*$/.exec(before)?.[0] ?? ''
  const [, name = '', value] = /^([a-z-]+):(.*)$/i.exec(word) ?? []
  const field = FIELDS.find((one) => one === name.toLowerCase())
  if (value !== undefined && field !== undefined) {
    const options = valuesOf(field, known).filter((option) => startsWith(option, value))
    return { from: caret - value.length, to: caret, options: options.map(quoted) }
  }
  const fields = [...FIELDS.map((one) => `${one}:`), 'not ', 'or ']
  const options = value === undefined ? fields.filter((option) => startsWith(option, word)) : []
  return { from: caret - word.length, to: caret, options }
}

function valuesOf(field: Field, known: KnownValues): readonly string[] {
  if (field === 'age' || field === 'updated') return DURATIONS
  if (field === 'system' || field === 'phase' || field === 'is' || field === 'has')
    return CLOSED_VALUES[field]
  return known[field] ?? []
}

function startsWith(option: string, typed: string): boolean {
  return option.toLowerCase().startsWith(typed.toLowerCase())
}

function quoted(value: string): string {
  return /[\s()"]/.test(value) ? `"${value.replaceAll(/["\\]/g, '\\$&')}"` : value
}
