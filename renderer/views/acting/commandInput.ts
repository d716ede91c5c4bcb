import type { CommandField } from '../../../shared/api/action.ts'

/** What stands in the fields of a form by their names, as text. */
export type FieldTexts = Readonly<Record<string, string>>

/** What was filled in, or for each field that is missing a sentence that says so. */
export type Filled = { input: Record<string, string> } | { problems: Record<string, string> }

/**
 * The input of a command from what stands in its fields; empty ones are left out. JSON goes as its text, which the engine reads
 * without losing digits.
 */
export function inputOf(fields: readonly CommandField[], texts: FieldTexts): Filled {
  const input: Record<string, string> = {}
  const problems: Record<string, string> = {}
  for (const { name, isRequired, words } of fields) {
    const text = texts[name]?.trim() ?? ''
    if (text !== '') input[name] = text
    else if (isRequired) problems[name] = `${words} is needed.`
  }
  return Object.keys(problems).length > 0 ? { problems } : { input }
}
