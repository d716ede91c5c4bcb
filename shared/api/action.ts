import type { Alias, ConnectionId, IntentId, SystemName } from '../intent/ids.ts'

/** One condition of a command, and how it stands. */
export interface Precondition {
  /** Short and in words: `source timelock expired`. */
  name: string
  state: 'met' | 'unmet' | 'unknown'
  /** One sentence; empty when it is met and nothing more is to be said. */
  why: string
  /** When it will be met by itself, epoch milliseconds; null when that is not known or it is met. */
  opensAtMs: number | null
}

/** One field of a command's input, enough to draw a form. */
export interface CommandField {
  /** As in the system's contract. */
  name: string
  /** In words, the label. */
  words: string
  /**
   * `text` one line · `json` an object, typed, pasted or from a file · `signed-file` what a wallet signed, from a file or pasted ·
   * `secret-file` from a file only, never typed, never shown, never kept.
   */
  kind: 'text' | 'json' | 'signed-file' | 'secret-file'
  isRequired: boolean
  /** What to put there, one sentence. */
  hint: string
  /** What is known already; null when nothing is. */
  prefill: string | null
}

/**
 * What a command does: `reads` asks and changes nothing · `changes` changes something outside, so it takes a reason, a typed
 * confirmation and a row in the audit log.
 */
export type CommandEffect = 'reads' | 'changes'

/** One command of a connection as it stands now, for one intent or for the connection. */
export interface OfferedCommand {
  name: string
  /** In words, the name of its button. */
  words: string
  effect: CommandEffect
  isOpen: boolean
  /** Why it is closed, one sentence; empty when it is open. */
  why: string
  opensAtMs: number | null
  preconditions: Precondition[]
  fields: CommandField[]
  /** What it is expected to lead to, one sentence. */
  expected: string
  /** What the system promises about repeats, one sentence. */
  repeats: string
  /** A side effect that is easily overlooked, one sentence; empty when there is none. */
  warning: string
  /** Whether another person has to approve it. */
  needsApproval: boolean
  /** The action of the same kind on the same thing that is not settled; null when there is none. */
  pending: string | null
}

/** Whether commands that change something outside are accepted now. */
export interface Gate {
  isOpen: boolean
  /** Why not, and what to do; empty when it is open. */
  why: string
  tip: string
  /** Locked, and can be unlocked for some minutes. */
  canUnlock: boolean
  /** Until when it is unlocked; null when it is locked or was never locked. */
  unlockedUntilMs: number | null
}

/** The request as it is sent. Secrets in headers are dots; a field that is a secret is `redacted:<fingerprint>`. */
export interface LiteralRequest {
  method: 'GET' | 'POST'
  url: string
  headers: [name: string, value: string][]
  /** Parsed; null when there is none. */
  body: unknown
  /** The very text, secrets replaced; null when there is none. */
  bodyText: string | null
}

/** What an intent was believed to be when a command was prepared; what is confirmed is bound to it. */
export type Basis = Record<string, string>

/** A difference between what was confirmed and what is. */
export interface BasisChange {
  field: string
  was: string | null
  is: string | null
}

/** A command filled in and ready to be confirmed: nothing was sent. The engine holds it until `expiresAtMs`. */
export interface Rehearsal {
  draft: string
  expiresAtMs: number
  command: string
  words: string
  effect: CommandEffect
  system: SystemName
  connection: ConnectionId
  intent: { id: IntentId; mainId: string } | null
  /** The id of what it is about, as its system writes it. */
  subject: string
  preconditions: Precondition[]
  /** Whether all that is left is to acknowledge what is unknown and to confirm. */
  isOpen: boolean
  why: string
  opensAtMs: number | null
  request: LiteralRequest
  basis: Basis
  /** SHA-256 of the canonical command, 64 hex digits: request, target and basis. */
  hash: string
  expected: string
  repeats: string
  warning: string
  /** What a person types: the last six characters of the intent’s main id, else of the subject, and the amount where the intent has one. */
  confirmation: { tail: string; amount: string | null }
  needsApproval: boolean
}

/** What a person gives to have a draft sent. */
export interface Consent {
  /** Why; kept. */
  reason: string
  /** The last six characters of the intent’s main id, or of the subject where no intent is known. */
  confirm: string
  /** Names of preconditions that are unknown, or `unknown` for all of them but that the very same was done before. */
  acknowledge: readonly string[] | 'unknown'
  /** The text of an approval file, where one is needed; null else. */
  approval: string | null
}

/** Whose approval a file is. */
export interface Approver {
  /** As the profile names the approver. */
  name: string
  /** The key lies on this very computer: the same person has confirmed a second time, no more. */
  isSamePerson: boolean
}

/** What became of one command (interfaces.md section 6). */
export interface ActAnswer {
  actionId: string
  command: string
  outcome: 'accepted' | 'refused' | 'unknown' | 'closed' | 'dry-run'
  /** One sentence. */
  why: string
  /** What may be done now where it was not taken, in words; null where nothing is advised. */
  advice: string | null
  /** When a closed command opens, epoch milliseconds; null when that is not known. */
  opensAtMs: number | null
  preconditions: Precondition[]
  /** What is sent to a system; null when the command sends nothing. */
  request: LiteralRequest | null
  /** Of the system, secrets redacted; null when there is none. */
  response: unknown
  /** Set when the intent moved between the rehearsal and the consent. */
  changes?: BasisChange[]
}

/**
 * Steps of the audit log. Of an action: `sending` (synced before anything is sent) · `accepted`, `refused`, `unknown` (the outcome) ·
 * `read` (a reading made to find out) · `notExecuted` (read often enough to know) · `appliedLate` (it was carried out after all) ·
 * `resolved` (a person settled it) · `declined` (the console refused to send). Of the profile: `unlocked`, `locked`.
 */
export const ACTION_STEPS = [
  'declined',
  'sending',
  'accepted',
  'refused',
  'unknown',
  'read',
  'notExecuted',
  'appliedLate',
  'resolved',
  'unlocked',
  'locked',
] as const

/** One of them. */
export type ActionStepKind = (typeof ACTION_STEPS)[number]

/** Where an action stands. `sending` and `unknown` are open: they hold the lock on their subject and kind. */
export const ACTION_STATES = ['declined', 'sending', 'unknown', 'accepted', 'refused', 'notExecuted'] as const

/** One of them. */
export type ActionState = (typeof ACTION_STATES)[number]

/** What is fixed when an action begins: kept with its first step. */
export interface ActionHead {
  command: string
  words: string
  /** Actions of one kind on one thing exclude each other (`isSameThing`). */
  kind: string
  system: SystemName
  connection: ConnectionId
  /** Console id; null where the action is about no intent that is known. */
  intent: IntentId | null
  /** The id of what it is about, as its system writes it. */
  subject: string
  /** Every name of the same, in the form in which names are compared; heads of older versions have none. */
  names?: readonly string[]
  reason: string
  /** SHA-256 of the canonical command. */
  hash: string
  /** As sent, every secret and signature redacted. */
  request: LiteralRequest
  /** SHA-256 of the very bytes of the body; null without one. */
  bodyDigest: string | null
  basis: Basis
  acknowledged: string[]
  /** Who approved it, and whether that was the same person. */
  approval: { name: string; publicKey: string; isSamePerson: boolean; nonce: string } | null
  /** What tells that it was carried out (`txHash` → …), for readings. */
  marks: Record<string, string>
}

/** One row of the audit log. Times are epoch milliseconds. */
export interface ActionStep {
  seq: number
  /** The action; empty for a step of the profile. */
  action: string
  kind: ActionStepKind
  atMs: number
  /** The operating system's user and, where one is set, the operator's name. */
  who: string
  host: 'desktop' | 'browser' | 'command-line' | 'console'
  /** One sentence: what happened, or what was read. */
  why: string
  /** With an outcome only, as in the answer; steps of older versions have none. */
  advice?: string | null
  /** With the first step of an action only. */
  head: ActionHead | null
  httpStatus: number | null
  /** Of the system, redacted; null when there is none. */
  response: unknown
  /** Harmless values of the answer worth keeping (`refundSessionId`). */
  facts: Record<string, string>
  /** The name that its system gave to what an action brought about; null where it named nothing new. */
  follows: Alias | null
  /** SHA-256 over the row and the hash of the row before it, 64 hex digits. */
  hash: string
}

/** A step before it has its place and hash. */
export type NewActionStep = Omit<ActionStep, 'seq' | 'hash'>

/** One action with all its steps folded. */
export interface ActionRecord extends ActionHead {
  id: string
  state: ActionState
  /** It was carried out although it had been settled otherwise: a person has to know. */
  isLate: boolean
  openedAtMs: number
  updatedAtMs: number
  who: string
  host: ActionStep['host']
  /** Where it stands, one sentence. */
  why: string
  response: unknown
  facts: Record<string, string>
  readCount: number
  /** When it is read next to find out; null when nobody reads. */
  nextReadAtMs: number | null
  steps: ActionStep[]
}

/** Which actions to list: newest first, open ones on top. */
export interface ActionFilter {
  state?: ActionState | undefined
  command?: string | undefined
  connection?: string | undefined
  /** Console id, exact. */
  intent?: string | undefined
  /** About something under any of these names, in the form in which names are compared. */
  names?: readonly string[] | undefined
  /** Part of any text of the action. */
  text?: string | undefined
  limit: number
}
