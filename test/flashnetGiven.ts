import type { Precondition } from '../shared/api/action.ts'
import { connectionId } from '../shared/intent/ids.ts'
import type { Intent } from '../shared/intent/intent.ts'
import type { Command, Given } from '../electron/upstreams/command.ts'
import { flashnetSettings, type FlashnetSettings } from '../electron/upstreams/flashnet/index.ts'

/** What a test fills a command in with. */
export interface Filled {
  nowMs: number
  settings?: object
  intent?: Intent | null
}

/** What a command of Flashnet is judged by; fails when its input is wrong. */
export function givenTo<Input>(
  command: Command<Input, FlashnetSettings>,
  input: unknown,
  { nowMs, settings = {}, intent = null }: Filled,
): Given<Input, FlashnetSettings> {
  const connection = {
    id: connectionId('flash'),
    system: 'flashnet' as const,
    url: 'https://gateway.example/api/v1/',
    restUrl: null,
    settings: flashnetSettings.parse(settings),
  }
  return { intent, connection, nowMs, input: command.input.parse(input) }
}

/** How a condition of a command stands: of what it needs, or of what was filled in. */
export async function standing<Input>(
  command: Command<Input, FlashnetSettings>,
  name: string,
  given: Given<Input, FlashnetSettings>,
): Promise<Precondition> {
  const found = [...command.preconditions, ...command.checks].find((condition) => condition.name === name)
  if (found === undefined) throw new Error(`${command.name} has no condition “${name}”.`)
  return { name, why: '', opensAtMs: null, ...(await found.check(given)) }
}

/** The names of all conditions that are not met. */
export async function notMet<Input>(
  command: Command<Input, FlashnetSettings>,
  given: Given<Input, FlashnetSettings>,
): Promise<string[]> {
  const names = [...command.preconditions, ...command.checks].map(({ name }) => name)
  const found = await Promise.all(names.map((name) => standing(command, name, given)))
  return found.filter(({ state }) => state !== 'met').map(({ name, state }) => `${name}: ${state}`)
}

/** What is wrong with an input: place and sentence of each problem. */
export function wrongs<Input>(command: Command<Input, FlashnetSettings>, input: unknown): string[] {
  const issues = command.input.safeParse(input).error?.issues ?? []
  return issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim())
}
