import type { ActionRecord, Basis, Precondition, Rehearsal } from '../../../shared/api/action.ts'
import { formatUnits } from '../../../shared/intent/amount.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Profile } from '../../../shared/api/profile.ts'
import { comparableId } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { mainIdOf } from '../../../shared/intent/mainId.ts'
import type { About, Command, CommandFieldMaker, CommandRequest, Given } from '../../upstreams/command.ts'
import { basisOf, bodyDigestOf, canonicalOf, hashOfCommand, type Canonical } from './canonical.ts'
import { evaluated, namedConditions, precondition, standingOf, type Reading } from './conditions.ts'
import { newestInWords, repeatCondition, type Deed } from './earlier.ts'
import { shownRequest, valueOf } from './literal.ts'
import { wrongInput } from './wrongInput.ts'

/** Characters that a person types: the end of the intent's id, else of the subject. */
const TAIL_LENGTH = 6

/** Under this name the newest action of the same deed stands in the basis. */
const EARLIER = 'earlier action'

/** All that a command is worked out from. */
export interface Sources {
  command: Command
  connection: About['connection']
  /** Null where none is known or needed. */
  intent: Intent | null
  /** How reading it again for this went. */
  reading: Reading
  /** The command's own fields, as given. */
  input: Record<string, unknown>
  /** Conditions of the engine for a request, which stand before those of the command. */
  engineConditions: (request: CommandRequest) => Promise<Precondition[]>
  /** The actions of a command on a thing that were sent, the newest first. */
  earlier: (deed: Deed) => Promise<ActionRecord[]>
  /** Id of the ledger that it goes into. */
  ledger: number
  /** How long an approval of it holds, minutes. */
  minutes: number
  nowMs: number
}

/** A command worked out: everything but who confirms it. The same sources give the same. */
export interface Worked {
  command: Command
  given: Given
  intent: Intent | null
  subject: string
  /** What tells it from other deeds. */
  deed: Deed
  request: CommandRequest
  preconditions: Precondition[]
  basis: Basis
  /** What its hash stands for. */
  canonical: Canonical
  hash: string
}

/** Works a command out: its input read, its conditions evaluated, its request made. Fails with `usage` on a wrong input. */
export async function workedOut(sources: Sources): Promise<Worked> {
  const { command, connection, intent, reading, ledger, minutes, nowMs } = sources
  if (intent === null && command.isIntentNeeded) throw intentNeeded(command)
  const knownAs = reading.state === 'done' ? reading.knownAs : null
  const about: About = { intent, connection, nowMs, ...(knownAs === null ? {} : { knownAs }) }
  const given: Given = { ...about, input: readInput(command, intent, sources.input) }
  const request = command.request(given)
  const subject = command.subject(given)
  const names = namesOf(command, given, subject)
  const { system, id } = connection
  const deed: Deed = { command: command.name, system, kind: command.kind, subject, names }
  const earlier = command.effect === 'changes' ? await sources.earlier(deed) : []
  const preconditions = [
    ...(await sources.engineConditions(request)),
    ...namedConditions(command, intent, reading),
    ...(await evaluated(command.preconditions, about)),
    ...(await evaluated(command.checks, given)),
    ...(command.effect === 'changes' ? [repeatCondition(earlier, command, bodyDigestOf(request))] : []),
  ]
  const basis = { ...basisOf(intent, preconditions), [EARLIER]: newestInWords(earlier) }
  const canonical: Canonical = {
    ...{ system, connection: id, command, request, subject },
    ...{ intent: intent?.id ?? null, basis, ledger, minutes },
  }
  const hash = hashOfCommand(canonicalOf(canonical))
  return { command, given, intent, subject, deed, request, preconditions, basis, canonical, hash }
}

/** Whether the newest of these actions is still the one that was confirmed with. */
export function isNewest({ basis }: Worked, earlier: readonly ActionRecord[]): boolean {
  return basis[EARLIER] === newestInWords(earlier)
}

/** What an input is about by itself; null where it is wrong or names nothing. */
export function subjectIn({
  command,
  connection,
  input,
}: Pick<Sources, 'command' | 'connection' | 'input'>): string | null {
  const parsed = command.input.safeParse(input)
  if (!parsed.success) return null
  return command.subject({ intent: null, connection, nowMs: 0, input: parsed.data }) || null
}

/** A subject with all the names of the intent, where it is one of them: ids are replaced, and an older one means the same. */
function namesOf({ alsoNamed }: Command, given: Given, subject: string): string[] {
  const aliases = given.intent?.aliases.map(({ value }) => value) ?? []
  const isOfIntent = aliases.some((value) => comparableId(value) === comparableId(subject))
  return [...new Set([subject, ...(isOfIntent ? aliases : []), ...(alsoNamed?.(given) ?? [])])]
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
    confirmation: {
      tail: (intent === null ? subject : mainIdOf(intent)).slice(-TAIL_LENGTH),
      amount: amountOf(intent),
    },
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
  const filledIn = { ...Object.fromEntries(known), ...written }
  const parsed = command.input.safeParse(filledIn)
  if (parsed.success) return parsed.data
  throw wrongInput(parsed.error, { command: command.name, fields: command.fields, written: filledIn })
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
