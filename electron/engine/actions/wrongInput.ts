import type { z } from 'zod'
import type { CommandField } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import { numberText } from '../../upstreams/kit/exactJson.ts'
import { jsonIn } from '../../upstreams/kit/jsonField.ts'
import { redact } from '../../upstreams/kit/redact.ts'
import { isJsonObject, kindOf } from '../../upstreams/kit/shape.ts'
import { placeOf } from '../problems.ts'
import { shortened } from '../shortened.ts'
import { expectation } from './expectation.ts'

/** Longest value that is repeated in a sentence, characters: an address; what is longer may be a secret in the wrong field. */
const LONGEST_SHOWN = 42

/** Most problems that are told at once: whoever gave the wrong file needs no list of it. */
const MOST_TOLD = 6

type Field = Pick<CommandField, 'name' | 'words' | 'kind' | 'hint'>

/** What was filled in, and what it was filled in for. */
export interface FilledIn {
  command: string
  /** Lines of its form. */
  fields: readonly Field[]
  /** Names of what it takes besides. */
  alsoTakes?: readonly string[]
  written: Record<string, unknown>
}

/**
 * The failure that an input is answered with: of each wrong field its name, in words where it has any, what stands there – shortened, and
 * nothing of a secret or a signature – and what it should look like.
 */
export function wrongInput(error: z.core.$ZodError, filledIn: FilledIn): Failure {
  const unread = filledIn.fields.filter((field) => isUnread(field, error, filledIn))
  const said =
    unread.length > 0
      ? unread.map(
          (field) =>
            `${labelOf(field)} is ${shown(field.name, filledIn)}; it has to be one JSON object, each key once`,
        )
      : error.issues.flatMap((issue) => sentencesOf(issue, filledIn))
  const told = said.slice(0, MOST_TOLD)
  const more = said.length > told.length ? [`${said.length - told.length} more`] : []
  return new Failure('usage', `The input is wrong: ${[...told, ...more].join(' · ')}.`, {
    tip: tipOf(error, filledIn),
  })
}

/** A file that stands for many fields and could not be taken apart: then they are all missing, and its own name is a stranger. */
function isUnread({ name }: Field, { issues }: z.core.$ZodError, { written }: FilledIn): boolean {
  const isStranger = issues.some((issue) => issue.code === 'unrecognized_keys' && issue.keys.includes(name))
  return isStranger && Object.hasOwn(written, name)
}

function sentencesOf(issue: z.core.$ZodIssue, filledIn: FilledIn): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) =>
        `there is no field “${placeOf([...issue.path, shortened(key)])}”; take it out or mend its name`,
    )
  }
  const expected = expectation(issue)
  if (issue.path.length === 0) return [expected.sentence]
  const place = placeOf(issue.path)
  const field = filledIn.fields.find(({ name }) => name === place)
  const label = field === undefined ? `“${place}”` : labelOf(field)
  const isMissing = valueAt(issue.path, filledIn.written) === undefined
  const found = isMissing ? `${label} is missing` : `${label} is ${shown(issue.path, filledIn)}`
  return [expected.isClause ? `${found}; it ${expected.sentence}` : `${found}. ${expected.sentence}`]
}

function labelOf({ name, words }: Field): string {
  return `“${words}” (${name})`
}

/** What to put there, where the form says so; else what there is to fill in. */
function tipOf({ issues }: z.core.$ZodError, { command, fields, alsoTakes = [] }: FilledIn): string {
  const wrong = new Set(issues.map(({ path }) => String(path[0])))
  const hints = fields.filter(({ name }) => wrong.has(name)).map((field) => `${field.words}: ${field.hint}`)
  if (hints.length > 0) return hints.join(' ')
  const takes = [...alsoTakes, ...fields.map(({ name, words }) => `${name} (${words})`)]
  return `${command} takes: ${takes.join(', ') || 'no fields of its own'}.`
}

/** What stands at a place; what stands in a file as if it stood beside it. */
function valueAt(path: readonly PropertyKey[], written: Record<string, unknown>): unknown {
  const [first = '', ...rest] = path
  const roots = [written, ...Object.values(written).map(jsonIn).filter(isJsonObject)]
  const root = roots.find((one) => Object.hasOwn(one, first))
  return rest.reduce<unknown>(
    (value, step) => {
      const inner = jsonIn(value) ?? value
      return typeof inner === 'object' && inner !== null
        ? (inner as Record<PropertyKey, unknown>)[step]
        : undefined
    },
    root?.[first as string],
  )
}

function shown(path: string | readonly PropertyKey[], { fields, written }: FilledIn): string {
  const steps = typeof path === 'string' ? [path] : path
  const value = valueAt(steps, written)
  const text = typeof value === 'string' ? value : numberText(value)
  if (text === null) return typeof value === 'boolean' ? String(value) : kindOf(value)
  if (text === '') return 'empty'
  const field = fields.find(({ name }) => steps.length === 1 && name === steps[0])
  const isFile = field?.kind === 'secret-file' || field?.kind === 'signed-file'
  if (isFile || isTold(String(steps.at(-1)), text)) return `a text of ${text.length} characters`
  return text.length > LONGEST_SHOWN ? `“${shortened(text)}”` : `“${text}”`
}

/** Whether a value would be redacted wherever it is kept. */
function isTold(name: string, text: string): boolean {
  const written = JSON.stringify({ [name]: text })
  return redact(written) !== written
}
