import { createReadStream } from 'node:fs'
import { z } from 'zod'
import { Failure } from '../../shared/api/failure.ts'
import { wrongInput } from '../engine/actions/wrongInput.ts'
import { shortenedPath, troubleWithFile } from '../engine/shortened.ts'
import { jsonIn } from '../upstreams/kit/jsonField.ts'
import { lostKey, lostKeyWords } from '../upstreams/kit/lostKey.ts'

/** Largest input, characters: ids, a reason and one signed order fit many times. */
const LONGEST_INPUT = 1_000_000

const baseSchema = z.object({
  /** Any id of an intent. */
  intent: z.string().min(1).max(500).optional(),
  /** Where no intent is known yet. */
  connection: z.string().min(1).max(200).optional(),
  reason: z.string().max(2_000).optional(),
  /** The last six characters of what it is about. */
  confirm: z.string().max(100).optional(),
  /** Preconditions that are unknown, or all of them but that the very same was done before. */
  acknowledge: z
    .union([z.literal('unknown'), z.array(z.string())], {
      error: 'has to be “unknown”, or a list of the names of conditions',
    })
    .optional(),
  /** The text of an approval file, or @file. */
  approval: z.string().max(20_000).optional(),
})

/** What every command may be given. */
type ActBase = z.infer<typeof baseSchema>

/** What a command is given: what every one takes, and its own fields, which the command itself checks. */
export interface ActInput {
  base: ActBase
  fields: Record<string, unknown>
}

/** The text behind `--input`: JSON as it stands, `@file`, or `-` for stdin. Fails with `usage`. */
export async function readInput(written: string, stdin: NodeJS.ReadableStream): Promise<string> {
  if (written === '-') return readAll(stdin)
  return textOrFile(written)
}

/** A text as it stands, or what the file holds that is named after an `@`. Fails with `usage`. */
export async function textOrFile(written: string): Promise<string> {
  if (!written.startsWith('@')) return written
  const file = written.slice(1)
  try {
    return await readAll(createReadStream(file))
  } catch (error) {
    if (error instanceof Failure) throw error
    const told = `The input ${shortenedPath(file)} cannot be read: ${troubleWithFile(error)}.`
    throw new Failure('usage', told)
  }
}

/** The input that a text holds; fails with `usage` and every problem with its place. */
export function parseInput(text: string): ActInput {
  const written = objectOf(text)
  const parsed = baseSchema.safeParse(written)
  if (!parsed.success) {
    const alsoTakes = [...Object.keys(baseSchema.shape), 'and its own fields']
    throw wrongInput(parsed.error, { command: 'Every command', fields: [], alsoTakes, written })
  }
  const own = Object.entries(written).filter(([key]) => !Object.hasOwn(baseSchema.shape, key))
  return { base: parsed.data, fields: Object.fromEntries(own) }
}

/** The input with the approval that lies in a file, read when it is needed; fails with `usage` where the input holds one too. */
export function withApproval({ base, fields }: ActInput, file: string | undefined): ActInput {
  if (file === undefined) return { base, fields }
  if (base.approval === undefined) return { base: { ...base, approval: `@${file}` }, fields }
  throw new Failure('usage', 'There are two approvals: --approval, and "approval" in the input.', {
    tip: 'Keep one of them.',
  })
}

function objectOf(text: string): Record<string, unknown> {
  const tip =
    'Give an object, as in --input \'{"connection":"flash","intent":"<id>"}\', @file, or - for stdin.'
  let value: unknown
  try {
    JSON.parse(text)
    // Amounts of more digits than a number holds stay as they are written.
    value = jsonIn(text)
  } catch (error) {
    throw new Failure('usage', `The input is not JSON: ${withoutQuote(error as Error)}.`, { tip })
  }
  const lost = lostKey(text)
  if (lost !== null) throw new Failure('usage', `The input is wrong: ${lostKeyWords(lost)}.`)
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new Failure('usage', 'The input is no JSON object.', { tip })
}

/** Where JSON breaks off, without the text that stands there: it may be a secret in the wrong place. */
function withoutQuote({ message }: Error): string {
  return message.replace(/, (?:\.{3})?".*$/s, '')
}

/** A pipe or a file to its end, unless it has none; without the mark that editors of Windows begin one with. */
async function readAll(source: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  // A character may come in two pieces.
  source.setEncoding('utf8')
  for await (const chunk of source) {
    text += chunk.toString()
    if (text.length > LONGEST_INPUT) throw new Failure('usage', 'The input is longer than any command takes.')
  }
  return text.replace(/^\uFEFF/, '')
}
