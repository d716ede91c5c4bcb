import type { ActionRecord, Basis, Precondition, Rehearsal } from '../../../shared/api/action.ts'
import { formatUnits } from '../../../shared/intent/amount.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Profile } from '../../../shared/api/profile.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { mainIdOf } from '../../../shared/intent/mainId.ts'
import type { About, Command, CommandFieldMaker, CommandRequest, Given } from '../../upstreams/command.ts'
import { problemsOf, sentenceOf } from '../problems.ts'
import { basisOf, bodyDigestOf, canonicalOf, hashOfCommand, type Canonical } from './canonical.ts'
import { evaluated, namedConditions, precondition, standingOf } from './conditions.ts'
import { newestInWords, repeatCondition } from './earlier.ts'
import { shownRequest, valueOf } from './literal.ts'

/** Characters of the subject's end that a person types. */
const TAIL_LENGTH = 6

/** All that a command is worked out from. */
export interface Sources {
  command: Command
  connection: About['connection']
  /** Null where none is known or needed. */
  intent: Intent | null
  /** The command's own fields, as given. */
  input: Record<string, unknown>
  /** Conditions of the engine, which stand before those of the command. */
  engineConditions: readonly Precondition[]
  /** The actions of this command on a subject that were sent, the newest first. */
  earlier: (subject: string) => Promise<ActionRecord[]>
  nowMs: number
}

/** A command worked out: everything but who confirms it. The same sources give the same. */
export interface Worked {
  command: Command
  given: Given
  intent: Intent | null
  subject: string
  request: CommandRequest
  preconditions: Precondition[]
  basis: Basis
  /** What its hash stands for. */
  canonical: Canonical
  hash: string
}

/** Works a command out: its input read, its conditions evaluated, its request made. Fails with `usage` on a wrong input. */
export async function workedOut(sources: Sources): Promise<Worked> {
  const { command, connection, intent, nowMs } = sources
  if (intent === null && command.isIntentNeeded) throw intentNeeded(command)
  const about: About = { intent, connection, nowMs }
  const given: Given = { ...about, input: readInput(command, intent, sources.input) }
  const request = command.request(given)
  const subject = command.subject(given)
  const earlier = command.effect === 'changes' ? await sources.earlier(subject) : []
  const preconditions = [
    ...sources.engineConditions,
    ...namedConditions(command, intent),
    ...(await evaluated(command.preconditions, about)),
    ...(await evaluated(command.checks, given)),
    ...(command.effect === 'changes' ? [repeatCondition(earlier, command, bodyDigestOf(request))] : []),
  ]
  const basis = { ...basisOf(intent, preconditions), 'earlier action': newestInWords(earlier) }
  const { system, id } = connection
  const canonical = { system, connection: id, request, subject, intent: intent?.id ?? null, basis }
  const hash = hashOfCommand(canonicalOf(canonical))
  return { command, given, intent, subject, request, preconditions, basis, canonical, hash }
}

/** A command as it is shown before it is confirmed; `pending` is the action that has to be settled first. */
export function shown(
  { command, given, intent, subject, request, preconditions, basis, hash }: Worked,
  { approvals, pending }: { approvals: Profile['approvals']; pending: string | null },
): Omit<Rehearsal, 'draft' | 'expiresAtMs'> {
  const all = pending === null ? preconditions : [...preconditions, unsettled(pending)]
  return {
    command: command.name,
    words: command.words,
    effect: command.effect,
    system: given.connection.system,
    connection: given.connection.id,
    intent: intent === null ? null : { id: intent.id, mainId: mainIdOf(intent) },
    subject,
    preconditions: all,
    ...standingOf(all),
    request: shownRequest(request),
    basis,
    hash,
    expected: command.expected,
    repeats: command.repeats,
    warning: command.warning,
    confirmation: { tail: subject.slice(-TAIL_LENGTH), amount: amountOf(intent) },
    needsApproval: isApprovalNeeded(command, approvals),
  }
}

/** Whether the profile asks for a second person for a command. */
export function isApprovalNeeded({ name, effect }: Command, approvals: Profile['approvals']): boolean {
  return effect === 'changes' && approvals?.commands.includes(name) === true
}

/** The condition that an earlier action leaves unmet until it is settled. */
export function unsettled(pending: string): Precondition {
  return precondition('no unsettled action', 'unmet', {
    why: `Action ${pending} of the same kind on the same thing is not settled yet.`,
  })
}

/** Exact and without grouping, as a person types it. */
function amountOf(intent: Intent | null): string | null {
  const amount = intent?.source.amount ?? null
  return amount === null ? null : formatUnits(amount.amountRaw, amount.decimals)
}

/** The command's own fields, those left out and known from the intent filled in. */
function readInput(command: Command, intent: Intent | null, written: Record<string, unknown>): unknown {
  const known = command.fields.flatMap((field) => {
    const value = intent === null || Object.hasOwn(written, field.name) ? null : knownOf(field, intent)
    return value === null ? [] : [[field.name, value] as const]
  })
  const parsed = command.input.safeParse({ ...Object.fromEntries(known), ...written })
  if (parsed.success) return parsed.data
  const names = command.fields.map(({ name }) => name).join(', ') || 'no fields of its own'
  throw new Failure('usage', `The input is wrong: ${sentenceOf(problemsOf(parsed.error))}`, {
    tip: `${command.name} takes: ${names}.`,
  })
}

/** What a required field is known to be without being filled in; never what a person has to bring from a wallet. */
function knownOf({ kind, isRequired, prefill }: CommandFieldMaker, intent: Intent): unknown {
  const text = isRequired ? (prefill?.(intent) ?? null) : null
  if (text === null) return null
  return kind === 'text' ? text : kind === 'json' ? valueOf(text) : null
}

function intentNeeded({ name }: Command): Failure {
  return new Failure('usage', `${name} is about an intent, and none was named.`, {
    tip: 'Give any id of it as "intent".',
  })
}
