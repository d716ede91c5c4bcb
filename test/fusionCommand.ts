import type { Precondition } from '../shared/api/action.ts'
import { unheardIntent } from '../shared/intent/fold.ts'
import { connectionId, intentIdOf, type Alias } from '../shared/intent/ids.ts'
import type { Intent } from '../shared/intent/intent.ts'
import type { About, Command, CommandRequest, Given } from '../electron/upstreams/command.ts'
import { ID } from './fusionFacts.ts'

/** The instant at which the commands of these tests are judged, epoch milliseconds. */
export const NOW_MS = Date.UTC(2026, 10, 21, 15)
export const MIDNIGHT = 2_147_483_647
export const ARBITRUM = 421_614

const connection = connectionId('fusion-test')
const alias: Alias = { kind: 'intentId', value: ID }

/** An intent of which only this is known. */
export function intentWith(said: Partial<Intent> = {}): Intent {
  const first = { atMs: NOW_MS, rank: 0, emittedAtMs: NOW_MS, receivedAtMs: NOW_MS, key: '' }
  const head = { id: intentIdOf(connection, alias), system: 'fusion', connection } as const
  return { ...unheardIntent(head, first), aliases: [alias], ...said }
}

/** A failed intent with a source lock on Midnight whose timelock ended a second ago. */
export function refundable(said: Partial<Intent> = {}): Intent {
  return intentWith({
    status: 'failed',
    phase: 'failed',
    isTerminal: true,
    source: { chainId: MIDNIGHT, token: null, amount: null },
    fundsLockedAtMs: NOW_MS - 3_000_000,
    moneyAtRisk: true,
    deadlines: [{ kind: 'sourceTimelock', atMs: NOW_MS - 1_000 }],
    ...said,
  })
}

/** An intent that waits for its source lock until a deadline a minute from now. */
export function awaitingLock(chainId: number, said: Partial<Intent> = {}): Intent {
  return intentWith({
    status: 'waiting_for_source_lock',
    phase: 'locking',
    source: { chainId, token: null, amount: null },
    deadlines: [{ kind: 'intentDeadline', atMs: NOW_MS + 60_000 }],
    ...said,
  })
}

/** What a command is judged by. */
export function about(intent: Intent | null, nowMs = NOW_MS): About {
  return {
    intent,
    nowMs,
    connection: {
      id: connection,
      system: 'fusion',
      url: 'ws://127.0.0.1:3001/',
      restUrl: null,
      settings: {},
    },
  }
}

/** The same with what was filled in, read by the command’s own schema. */
export function given<Input>(
  command: Command<Input>,
  input: unknown,
  intent: Intent | null = null,
): Given<Input> {
  return { ...about(intent), input: command.input.parse(input) }
}

/** How the conditions of a command stand, by name; those that are met and say nothing are left out. */
export async function standing(command: Command, known: About): Promise<Record<string, string>> {
  const verdicts: [string, string][] = []
  for (const { name, check } of command.preconditions) {
    const { state, why = '' } = await check(known)
    if (state !== 'met') verdicts.push([name, `${state}: ${why}`])
  }
  return Object.fromEntries(verdicts)
}

/** How what was filled in stands, by name. */
export async function checked<Input>(
  command: Command<Input>,
  filledIn: Given<Input>,
): Promise<Record<string, Precondition['state']>> {
  const states = await Promise.all(
    command.checks.map(async ({ name, check }) => [name, (await check(filledIn)).state] as const),
  )
  return Object.fromEntries(states)
}

/** What is wrong with an input, each with its place; empty when nothing is. */
export function problems<Input>(command: Command<Input>, input: unknown): string[] {
  const read = command.input.safeParse(input)
  return (read.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

/** A request in short: method, URL and the very bytes of the body. */
export function inShort({
  method,
  url,
  body,
}: CommandRequest): [method: string, url: string, body: string | null] {
  return [method, url, body]
}
