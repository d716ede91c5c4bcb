import type { Precondition } from '../shared/api/action.ts'
import { connectionId, intentIdOf } from '../shared/intent/ids.ts'
import { foldFacts } from '../shared/intent/fold.ts'
import type { Intent } from '../shared/intent/intent.ts'
import type { Command, Given } from '../electron/upstreams/command.ts'
import { defiSettings, type DefiSettings } from '../electron/upstreams/defi-api/index.ts'
import { facts, ID, READ_AT_MS } from './defiFacts.ts'

/** What a test fills a command in with. */
export interface Filled {
  nowMs?: number
  generation?: DefiSettings['generation']
  intent?: Intent | null
}

/** What a command of a DeFi API is judged by; fails when its input is wrong. */
export function givenTo<Input>(
  command: Command<Input, DefiSettings>,
  input: unknown,
  { nowMs = READ_AT_MS, generation = 'execution', intent = null }: Filled = {},
): Given<Input, DefiSettings> {
  const connection = {
    id: connectionId('defi'),
    system: 'defi-api' as const,
    url: 'https://defi.example',
    restUrl: null,
    settings: defiSettings.parse({ generation }),
  }
  return { intent, connection, nowMs, input: command.input.parse(input) }
}

/** How each condition of a command stands. */
function standing<Input>(
  command: Command<Input, DefiSettings>,
  given: Given<Input, DefiSettings>,
): Promise<Precondition[]> {
  return Promise.all(
    [...command.preconditions, ...command.checks].map(async ({ name, check }) => ({
      name,
      why: '',
      opensAtMs: null,
      ...(await check(given)),
    })),
  )
}

/** Those that are not met: name and state, with the reason behind it. */
export async function notMet<Input>(
  command: Command<Input, DefiSettings>,
  given: Given<Input, DefiSettings>,
): Promise<Record<string, string>> {
  const open = (await standing(command, given)).filter(({ state }) => state !== 'met')
  return Object.fromEntries(open.map(({ name, state, why }) => [`${name}: ${state}`, why]))
}

/** What is wrong with an input: place and sentence of each problem, of the schema or of what is made of it. */
export function wrongs<Input>(
  command: Command<Input, DefiSettings>,
  input: unknown,
  filled: Filled = {},
): string[] {
  const issues = command.input.safeParse(input).error?.issues ?? []
  if (issues.length > 0) return issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim())
  try {
    command.request(givenTo(command, input, filled))
    return []
  } catch (error) {
    return [(error as Error).message]
  }
}

/** The intent after its creation was answered, from what was asked, and then each of the readings. */
export function createdIntent(answer: object, asked: object, ...readings: object[]): Intent {
  const events = [
    { body: { id: ID, ...answer }, about: { kind: 'POST /v1/intents', envelope: { asked } } },
    ...readings.map((body) => ({ body: { intent_id: ID, ...body }, about: {} })),
  ]
  const heard = events.flatMap(({ body, about }, at) => {
    const receivedAtMs = READ_AT_MS + at * 60_000
    return facts(body, { receivedAtMs, ...about })
      .filter((fact) => fact.about === 'intent')
      .map((fact) => ({ fact, origin: 'poll' as const, receivedAtMs }))
  })
  const id = intentIdOf(connectionId('defi'), { kind: 'intentId', value: ID })
  return foldFacts({ id, system: 'defi-api', connection: connectionId('defi') }, heard)
}
