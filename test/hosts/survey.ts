import { ORPCError } from '@orpc/client'
import type { AnyRouter } from '@orpc/server'
import fc from 'fast-check'
import { z } from 'zod'
import { contract } from '../../shared/api/contract.ts'
import { FAILURE_CODES } from '../../shared/api/failure.ts'
import { allowed, twisted, type InputSchema } from './inputs.ts'
import type { Way } from './stations.ts'

/** One procedure of the contract, as a stranger finds it there. */
export interface Entry {
  path: readonly string[]
  input: z.ZodType
}

/** How long a call may stay without an answer, milliseconds: any answer at all on a machine under load. */
const DEADLINE_MS = 30_000

/** What a reply must never hold of the inside: stacks, and the places of our files. */
const INSIDE = /\bat [\w.<>]+ \(|node:internal|node_modules|\.ts:\d/

/** Every procedure of the contract, found by walking it. */
export function entriesOf(part: object = contract, path: readonly string[] = []): Entry[] {
  if ('~orpc' in part) {
    const { inputSchema } = part['~orpc'] as { inputSchema?: unknown }
    if (!(inputSchema instanceof z.ZodType)) throw new Error(`${path.join('.')} does not check its input.`)
    return [{ path, input: inputSchema }]
  }
  return Object.entries(part).flatMap(([name, inner]) => entriesOf(inner as object, [...path, name]))
}

/** What a survey asks with. */
export interface Survey {
  way: Way<AnyRouter>
  entries: readonly Entry[]
  /** Inputs per procedure. */
  runs: number
  seed: number
  /** Texts that mean something to the console under test. */
  known: readonly string[]
  /** Texts that no reply of a failure may hold. */
  secrets: readonly string[]
}

/** Asks every procedure with inputs that its schema refuses; answers what was not as the contract promises. */
export function surveyRefused(survey: Survey): Promise<string[]> {
  return ask(survey, (entry) =>
    twisted(schemaOf(entry), survey.known).filter((input) => !isAllowed(entry, input)),
  )
}

/** Asks every procedure with inputs that its schema allows; answers what was not as the contract promises. */
export function surveyAllowed(survey: Survey): Promise<string[]> {
  return ask(survey, (entry) =>
    allowed(schemaOf(entry), survey.known).filter((input) => isAllowed(entry, input)),
  )
}

async function ask(survey: Survey, inputsOf: (entry: Entry) => fc.Arbitrary<unknown>): Promise<string[]> {
  const wrong: string[] = []
  for (const entry of survey.entries) {
    const inputs = fc.sample(inputsOf(entry), { numRuns: survey.runs, seed: survey.seed })
    const complaints = await Promise.all(inputs.map((input) => complaintAbout(survey, entry, input)))
    wrong.push(...complaints.filter((complaint) => complaint !== null))
  }
  return wrong
}

/** What is wrong with the answer to one call; null when it is as promised. */
async function complaintAbout(survey: Survey, entry: Entry, input: unknown): Promise<string | null> {
  const name = `${entry.path.join('.')}(${fc.stringify(input).slice(0, 200)}), seed ${survey.seed}`
  const outcome = await outcomeOf(survey.way.call(entry.path, input))
  if (outcome.is === 'late') return `${name}: no answer`
  if (outcome.is === 'answered') return isAllowed(entry, input) ? null : `${name}: was let through`
  const { error } = outcome
  if (!isTyped(error)) return `${name}: untyped: ${String(error)}`
  const text = `${error.message} ${JSON.stringify(error.data)}`
  if (INSIDE.test(text) || survey.secrets.some((secret) => text.includes(secret))) {
    return `${name}: tells of the inside: ${text.slice(0, 300)}`
  }
  const { code } = error.data
  if (!isAllowed(entry, input) && code !== 'usage') return `${name}: was let through, then ${code}`
  return code === 'internal' ? `${name}: is a defect` : null
}

type Outcome = { is: 'answered' } | { is: 'refused'; error: unknown } | { is: 'late' }

async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  const late = Promise.withResolvers<Outcome>()
  const timer = setTimeout(() => {
    late.resolve({ is: 'late' })
  }, DEADLINE_MS)
  const answered = call.then(
    (): Outcome => ({ is: 'answered' }),
    (error: unknown): Outcome => ({ is: 'refused', error }),
  )
  const outcome = await Promise.race([answered, late.promise])
  clearTimeout(timer)
  return outcome
}

function isTyped(error: unknown): error is ORPCError<'FAILED', { code: string }> {
  if (!(error instanceof ORPCError) || error.code !== 'FAILED') return false
  const shape = z.object({ code: z.enum(FAILURE_CODES), message: z.string().min(1), tip: z.string() })
  return shape.safeParse(error.data).success
}

function isAllowed(entry: Entry, input: unknown): boolean {
  return entry.input.safeParse(input).success
}

function schemaOf(entry: Entry): InputSchema {
  return z.toJSONSchema(entry.input, { io: 'input' })
}
