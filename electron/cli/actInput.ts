import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Failure } from '../../shared/api/failure.ts'
import { problemsOf, sentenceOf } from '../engine/problems.ts'

/** Largest input, characters: ids, a reason and one signed order fit many times. */
const LONGEST_INPUT = 1_000_000

const inputSchema = z.strictObject({
  /** Any id of an intent. */
  intent: z.string().min(1).max(500).optional(),
  /** Where no intent is known yet. */
  connection: z.string().min(1).max(200).optional(),
  reason: z.string().max(2_000).optional(),
  confirm: z.string().max(100).optional(),
  acknowledge: z.union([z.literal('unknown'), z.array(z.string())]).optional(),
})

/** The input of the commands that only concern the console. */
export type ActInput = z.infer<typeof inputSchema>

/** The text behind `--input`: JSON as it stands, `@file`, or `-` for stdin. Fails with `usage`. */
export async function readInput(written: string, stdin: NodeJS.ReadableStream): Promise<string> {
  if (written === '-') return readAll(stdin)
  if (!written.startsWith('@')) return written
  const file = written.slice(1)
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new Failure('usage', `The input ${file} cannot be read: ${(error as Error).message}.`)
  })
}

/** The input that a text holds; fails with `usage` and every problem with its place. */
export function parseInput(text: string): ActInput {
  const parsed = inputSchema.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  throw new Failure('usage', `The input is wrong: ${sentenceOf(problemsOf(parsed.error))}`, {
    tip: 'This command takes "intent" and "connection".',
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Failure('usage', `The input is not JSON: ${(error as Error).message}.`, {
      tip: 'Give an object, as in --input \'{"connection":"flash","intent":"<id>"}\', @file, or - for stdin.',
    })
  }
}

async function readAll(stdin: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stdin) {
    text += chunk.toString()
    if (text.length > LONGEST_INPUT) throw new Failure('usage', 'The input is longer than any command takes.')
  }
  return text
}
