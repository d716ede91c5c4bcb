import type { Leg } from './amount.ts'
import type { Alias, Mention, SystemName } from './ids.ts'
import type { Phase } from './phase.ts'
import type { Deadline } from './deadline.ts'

/** How something came to be known. */
export type Origin = 'push' | 'poll' | 'repair' | 'chain' | 'operator' | 'import' | 'console'

/** A mark on one entry of a timeline. */
export type EntryFlag = 'late' | 'repeat' | 'backward' | 'unknown-status' | 'quarantined'

/** What a system says the state of an intent is. A claim, not the truth. */
export interface StatusClaim {
  /** The system's word, verbatim. */
  status: string
  phase: Phase
  /** Place in the system's forward order, to tell a backward move; null for words that nobody has described. */
  rank: number | null
}

/** A transaction that a system named, in its own words. */
export interface TransactionRef {
  /** What the system calls it (`sourceLock`, `refund`, …). */
  label: string
  chainId: number | null
  hash: string
}

/** Things that belong to an intent: kind → name of the thing → field → value. */
export type Parts = Record<string, Record<string, Record<string, string>>>

/** What an event may teach about an intent besides its status. Absent: not said. Null: said to be empty. */
export interface Learned {
  createdAtMs?: number
  maker?: string
  solver?: string | null
  source?: Partial<Leg>
  destination?: Partial<Leg>
  deadlines?: Deadline[]
  transactions?: TransactionRef[]
  proofStatus?: string | null
  /** The system's own words for what went wrong, each under the name of its field. */
  failures?: Record<string, string>
  /**
   * Whether the maker's funds are locked, and whether they have come out again, with the time when that is known. Null: the
   * system has room for a proof of it and shows none, so that its word alone does not settle it.
   */
  fundsLocked?: { atMs: number | null }
  fundsReleased?: { atMs: number | null } | null
  /** Both ends change hands in one transaction, so that funds are never locked. */
  isAtomic?: true
  /** Anything else worth showing: label and text. */
  details?: Record<string, string>
  /**
   * Things of which an intent may have several, by kind, then by the name of the thing, with its fields
   * (`fills` → `0` → `status`): the system's panels are made of them. Fields add up; of one field the last said holds.
   */
  parts?: Parts
}

/** One event's meaning for one intent. */
export interface IntentFact {
  about: 'intent'
  /** Past participle: `received`, `statusClaimed`, `proofClaimed`, `removed`, `notFound`, `detailLearned`, … */
  kind: string
  /** At least one. When it holds two that were unrelated until now, their intents become one. */
  aliases: Alias[]
  mentions: Mention[]
  /** When it happened by the system's clock, epoch milliseconds; null when the system did not say. */
  atMs: number | null
  /** When the system sent it, when it says so apart. */
  emittedAtMs: number | null
  claim: StatusClaim | null
  learned: Learned
  flags: EntryFlag[]
  /** Whose intent it is, where the event is not of that system itself: what a person did. */
  system?: SystemName
  /** What happened, one sentence, where its kind and status do not say it. */
  words?: string
  /** Which end it is about, when it is about one alone. */
  side?: 'source' | 'destination'
  /** Equal for two facts that say the same thing, whichever frame carried them. Derived from content only. */
  key: string
}

/** A reading of a counter or a measure, one of a series. */
export interface SampleFact {
  about: 'sample'
  /** The series: `mempool`. */
  series: string
  atMs: number | null
  /** Non-negative integers by the system's own names. */
  values: Record<string, number>
}

/** A frame that could not be read. Its payload stays in the journal. */
export interface QuarantineFact {
  about: 'quarantine'
  /** JSON path of the first thing that is wrong (`$.intentId`), or `$` for the whole frame. */
  path: string
  /** One sentence: what was expected and what was found. */
  reason: string
}

/** Something the contract does not describe, or describes and never comes. Kept and counted, never an error. */
export interface DriftFact {
  about: 'drift'
  kind: 'unknown-event' | 'unknown-word' | 'unknown-field' | 'unpromised-event' | 'lossy-number'
  /** Where: `intent:status.status`. */
  where: string
  /** The word or field itself. */
  what: string
}

/** A word about the link itself that is worth keeping (`pong`, `error`, health, chains). */
export interface LinkFact {
  about: 'link'
  kind: string
  atMs: number | null
  /** One sentence for the connection log; null when it is not worth a line. */
  text: string | null
}

/** What one raw event means. */
export type Fact = IntentFact | SampleFact | QuarantineFact | DriftFact | LinkFact
