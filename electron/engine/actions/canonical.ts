import { createHash } from 'node:crypto'
import type { Basis, BasisChange, Precondition } from '../../../shared/api/action.ts'
import type { ConnectionId, IntentId, SystemName } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { canonicalJson } from '../../../shared/log/canonicalJson.ts'
import type { Command, CommandRequest } from '../../upstreams/command.ts'
import { keptRequest } from './literal.ts'

/** Version of the canonical form; a hash of one version is never compared with that of another. */
const VERSION = 2

/** All that a confirmation is bound to. */
export interface Canonical {
  system: SystemName
  connection: ConnectionId
  command: Pick<Command, 'name' | 'words' | 'expected' | 'warning'>
  request: CommandRequest
  /** The id of what it is about, as its system writes it. */
  subject: string
  intent: IntentId | null
  basis: Basis
  /** Id of the ledger that it goes into: over another data folder the same is another command. */
  ledger: number
  /** How long an approval of it holds, minutes. */
  minutes: number
}

/** All that a second person is shown of what is sent; its secrets and signatures are redacted. */
export interface Shown {
  command: string
  words: string
  expected: string
  warning: string
  method: string
  url: string
  headers: [name: string, value: string][]
  bodyText: string | null
}

/** The same in plain values, as another console can read and hash it. */
export interface CanonicalCommand {
  version: number
  system: SystemName
  connection: ConnectionId
  method: string
  url: string
  /** SHA-256 of the very bytes of the body; null without one. */
  body: string | null
  /** SHA-256 of the canonical JSON of what a second person is shown, so that they approve what they have read. */
  shown: string
  subject: string
  intent: IntentId | null
  basis: Basis
  ledger: number
  minutes: number
}

/** What is confirmed and sent, with digests of the body and of what is shown in their place. */
export function canonicalOf(canonical: Canonical): CanonicalCommand {
  const { system, connection, request, subject, intent, basis, ledger, minutes } = canonical
  const { method, url } = request
  const digests = { body: bodyDigestOf(request), shown: digestOfShown(shownOf(canonical)) }
  return {
    ...{ version: VERSION, system, connection, method, url, ...digests },
    ...{ subject, intent, basis, ledger, minutes },
  }
}

/** What a second person is shown. */
export function shownOf({ command, request }: Pick<Canonical, 'command' | 'request'>): Shown {
  const { name, words, expected, warning } = command
  const { method, url, headers, bodyText } = keptRequest(request)
  return { command: name, words, expected, warning, method, url, headers, bodyText }
}

/** SHA-256 of what a second person is shown, 64 hex digits. */
export function digestOfShown(shown: Shown): string {
  return sha256(canonicalJson(shown))
}

/** SHA-256 of the canonical command, 64 hex digits. */
export function hashOfCommand(command: CanonicalCommand): string {
  return sha256(canonicalJson(command))
}

/** SHA-256 of the very bytes of a request's body; null without one. */
export function bodyDigestOf({ body }: CommandRequest): string | null {
  return body === null ? null : sha256(body)
}

/** SHA-256 of a text, 64 hex digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What a command rests on: the intent as it is believed to be, and how each condition stands. */
export function basisOf(intent: Intent | null, preconditions: readonly Precondition[]): Basis {
  const basis: Basis = intent === null ? {} : intentBasis(intent)
  for (const { name, state } of preconditions) basis[`condition: ${name}`] = state
  return basis
}

function intentBasis(intent: Intent): Basis {
  const { status, phase, source, maker, deadlines, aliases, transactions } = intent
  const said: [string, string | number | null][] = [
    ['status', status],
    ['phase', phase],
    ['amount', source.amount?.amountRaw ?? null],
    ['token', source.token],
    ['maker', maker],
    ['funds locked', intent.fundsLockedAtMs],
    ['funds released', intent.fundsReleasedAtMs],
    ...deadlines.map(({ kind, atMs }): [string, number] => [`deadline ${kind}`, atMs]),
    ...aliases.map(({ kind, value }): [string, string] => [kind, value]),
    ...transactions.map(({ label, hash }): [string, string] => [`transaction ${label}`, hash]),
  ]
  const values = new Map<string, string[]>()
  for (const [field, value] of said) {
    if (value !== null) values.set(field, [...(values.get(field) ?? []), String(value)])
  }
  return Object.fromEntries([...values].map(([field, all]) => [field, all.sort().join(', ')]))
}

/** Every difference between what was confirmed and what is, in the order of the fields. */
export function changesBetween(was: Basis, is: Basis): BasisChange[] {
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return fields
    .map((field) => ({ field, was: was[field] ?? null, is: is[field] ?? null }))
    .filter((change) => change.was !== change.is)
}
