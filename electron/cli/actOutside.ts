import { writeFile } from 'node:fs/promises'
import type { ActAnswer, Rehearsal } from '../../shared/api/action.ts'
import { Failure } from '../../shared/api/failure.ts'
import type { Profile } from '../../shared/api/profile.ts'
import type { Order } from '../engine/actions/drafts.ts'
import { shortenedPath, troubleWithFile } from '../engine/shortened.ts'
import { upstreams } from '../upstreams/index.ts'
import { answer } from './actAnswer.ts'
import { failureIn, untilHeard, type Client } from './actClient.ts'
import { textOrFile, type ActInput } from './actInput.ts'

/** A command of a system with all that was said on the command line. */
export interface OutsideOrder {
  command: string
  input: ActInput
  profile: Profile
  /** Why a production profile is unlocked for this one command. */
  unlock?: string | undefined
  /** Where to write what a second person is asked to approve, instead of sending. */
  approvalRequest?: string | undefined
}

/** How long a profile is unlocked for one command, minutes: the shortest there is. */
const UNLOCK_MINUTES = 1

const UNLOCK = 'Give `--unlock <reason>`: it is unlocked for this one command.'

/** What the engine is asked with. */
export function orderOf({
  command,
  input: { base, fields },
}: Pick<OutsideOrder, 'command' | 'input'>): Order {
  return { command, intent: base.intent, connection: base.connection, input: fields }
}

/** Gives a command to its system, once, and answers what became of it. Fails with `usage` or `not-found` before anything is sent. */
export async function givenOutside(client: Client, order: OutsideOrder): Promise<ActAnswer> {
  const rehearsal = await rehearsedLive(client, order)
  if (order.approvalRequest !== undefined) return requested(client, rehearsal, order.approvalRequest)
  if (!rehearsal.isOpen) return closedAnswer(rehearsal)
  try {
    if (rehearsal.effect === 'reads') return await client.actions.read(orderOf(order))
    if (order.unlock !== undefined) {
      const { profile, unlock: reason } = order
      await client.actions.unlock({ minutes: UNLOCK_MINUTES, reason, confirm: profile.name })
    }
    const given = await client.actions.give(await consentOf(rehearsal, order))
    await readWhatItLedTo(client, rehearsal, given)
    return given.outcome === 'closed'
      ? { ...given, advice: await missingOption(client, rehearsal, order) }
      : given
  } catch (error) {
    const { code, message, tip } = failureIn(error)
    if (code !== 'closed') throw error
    return { ...closedAnswer(rehearsal), why: `${message} ${tip}`.trim() }
  }
}

/** The option of the command line that a closed command lacks, in words; null where it lacks something else. */
async function missingOption(
  client: Client,
  { needsApproval }: Rehearsal,
  { unlock, input }: OutsideOrder,
): Promise<string | null> {
  const { canUnlock } = (await client.status.next({})).actions
  if (canUnlock && unlock === undefined) return UNLOCK
  if (!needsApproval || input.base.approval !== undefined) return null
  return 'Save the request with `--approval-request <file>`, have it approved, and give `--approval <file>`.'
}

/** So that the folder holds what the action led to before this process ends; a later run reads it again anyway. */
async function readWhatItLedTo(
  client: Client,
  rehearsal: Rehearsal,
  { outcome, actionId }: ActAnswer,
): Promise<void> {
  if (outcome !== 'accepted') return
  const id = rehearsal.intent?.id ?? (await broughtAbout(client, rehearsal, actionId))
  if (id !== null) await client.intents.reread({ id }).catch(() => null)
}

/** What the answer to an action named, which is followed from then on; null where it named nothing. */
async function broughtAbout(
  client: Client,
  { connection }: Rehearsal,
  action: string,
): Promise<string | null> {
  const { actions } = await client.actions.next({})
  const steps = actions.find(({ id }) => id === action)?.steps ?? []
  const named = steps.find(({ follows }) => follows !== null)?.follows ?? null
  return named === null ? null : `${connection}:${named.value}`
}

/** The literal request and how everything stands, on a fresh reading; nothing is sent. */
export async function rehearsedLive(client: Client, order: OutsideOrder): Promise<Rehearsal> {
  const connection = await connectionOf(client, order)
  await untilHeard(client, ({ id, system }) =>
    connection === null ? hasCommand(system, order.command) : id === connection,
  )
  return client.actions.prepare(orderOf(order))
}

/** What a rehearsal answers; `shut` is why this console sends nothing at all, empty when it does. */
export function dryRun(rehearsal: Omit<Rehearsal, 'draft' | 'expiresAtMs'>, shut: string): ActAnswer {
  const { command, isOpen, why, opensAtMs, preconditions, request, confirmation } = rehearsal
  const would = `It would be sent with "confirm": "${confirmation.tail}". ${rehearsal.expected}`
  return answer({
    command,
    outcome: 'dry-run',
    why: !isOpen ? why : shut !== '' && rehearsal.effect === 'changes' ? shut : would,
    ...{ opensAtMs, preconditions, request },
  })
}

/** Why the engine would send nothing that changes anything on an order; empty when it would. */
export async function shutBy(client: Client, { unlock }: OutsideOrder): Promise<string> {
  const { why, tip, canUnlock } = (await client.status.next({})).actions
  if (canUnlock) return unlock === undefined ? `${why} ${UNLOCK}` : ''
  return `${why} ${tip}`.trim()
}

async function consentOf(rehearsal: Rehearsal, { input }: OutsideOrder) {
  const { base } = input
  // Where there is no intent, nobody can mean another one.
  const spared = rehearsal.intent === null ? rehearsal.confirmation.tail : ''
  return {
    draft: rehearsal.draft,
    hash: rehearsal.hash,
    reason: base.reason ?? '',
    confirm: base.confirm ?? spared,
    acknowledge: base.acknowledge ?? [],
    approval: base.approval === undefined ? null : await textOrFile(base.approval),
  }
}

async function requested(client: Client, rehearsal: Rehearsal, file: string): Promise<ActAnswer> {
  const { text } = await client.actions.approvalRequest({ draft: rehearsal.draft })
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    const told = `The request cannot be written to ${shortenedPath(file)}: ${troubleWithFile(error)}.`
    throw new Failure('usage', told)
  })
  return {
    ...dryRun(rehearsal, ''),
    why: `Nothing was sent. Have ${file} approved, and give the approval with \`--approval <file>\`.`,
  }
}

function closedAnswer({ command, why, opensAtMs, preconditions, request, draft }: Rehearsal): ActAnswer {
  return answer({ actionId: draft, command, outcome: 'closed', why, opensAtMs, preconditions, request })
}

/** The connection of the intent, else the one named; null where neither is known. */
async function connectionOf(client: Client, { input: { base } }: OutsideOrder): Promise<string | null> {
  if (base.connection !== undefined || base.intent === undefined) return base.connection ?? null
  try {
    return (await client.intents.get({ id: base.intent })).intent.connection
  } catch (error) {
    if (failureIn(error).code === 'not-found') return null
    throw error
  }
}

function hasCommand(system: string, command: string): boolean {
  return upstreams.some((one) => one.system === system && one.commands?.some(({ name }) => name === command))
}
