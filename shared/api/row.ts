import type { Leg } from '../intent/amount.ts'
import type { Course, SituationInShort } from '../intent/course.ts'
import type { Deadline } from '../intent/deadline.ts'
import type { EntryFlag, Origin, TransactionRef } from '../intent/fact.ts'
import type { Alias, ConnectionId, IntentId, SystemName } from '../intent/ids.ts'
import type { Contradiction, StageEntry } from '../intent/intent.ts'
import type { Panel } from '../intent/panel.ts'
import type { Phase } from '../intent/phase.ts'
import type { Note, Silence } from '../intent/remarks.ts'
import type { Stuck } from '../intent/stuck.ts'

/** One line of the grid. Times are epoch milliseconds. */
export interface IntentRow {
  id: IntentId
  /** Rises with every change of any intent; the newest change has the highest. */
  version: number
  system: SystemName
  connection: ConnectionId
  /** The id that the system itself uses. */
  mainId: string
  status: string
  phase: Phase
  isTerminal: boolean
  phaseSinceMs: number
  createdAtMs: number
  updatedAtMs: number
  lastHeardAtMs: number
  lastKind: string
  lastOrigin: Origin
  source: Leg
  destination: Leg
  maker: string | null
  solver: string | null
  /** All known, so that the page can count down to the next one. */
  deadlines: Deadline[]
  /** Where it stands more closely than its status word says, now and as time passes; empty where the word says it all. */
  situations: SituationInShort[]
  /** When the wait stops being normal; null when it never does. */
  overdueAtMs: number | null
  moneyAtRisk: boolean
  isContradicted: boolean
  isRemoved: boolean
  isWatched: boolean
  hasGap: boolean
  /** As they were written, in the order in which they were put on. */
  tags: string[]
  noteCount: number
  /**
   * Until when it stays out of Attention, `UNTIL_CHANGE_MS` for until its status changes; null when it was not silenced.
   * An instant that is past silences nothing.
   */
  silencedUntilMs: number | null
}

/** One entry of a timeline, or a gap over it (kind `gap`, with its bounds). */
export interface TimelineEntry {
  /** Place in the journal; for a gap that of the event that opened it. */
  seq: number
  kind: string
  origin: Origin
  /** By the system's clock; ours where the system gave none. */
  atMs: number
  receivedAtMs: number
  /** The status that this entry claims, verbatim; null when it claims none. */
  status: string | null
  flags: EntryFlag[]
  /** How many times the same was said again. */
  repeats: number
  /** Which end it is about; `system` when neither, `console` for our own. */
  lane: 'source' | 'destination' | 'system' | 'console'
  /** What it changed, field by field, in words and exact values. */
  changes: { field: string; from: string | null; to: string }[]
  /** What happened, one sentence, where kind and status do not say it: what a person did. */
  words?: string
  /** Gaps only. `untilMs` is null while it is open. */
  fromMs?: number
  untilMs?: number | null
  /** Gaps only: why, and when the intent was read again afterwards (null: not yet). */
  reason?: string
  repairedAtMs?: number | null
}

/** What `show --json` prints (interfaces.md section 3) and `find --json` without the timeline; more keys may follow. */
export interface IntentSummary {
  id: IntentId
  system: SystemName
  connection: ConnectionId
  aliases: Alias[]
  status: string
  phase: Phase
  isTerminal: boolean
  moneyAtRisk: boolean
  createdAtMs: number
  updatedAtMs: number
  deadlines: Deadline[]
  stuck: Stuck | null
  /** The system answered that it does not know it (under the alias last asked). */
  isNotFound: boolean
  contradictions: Contradiction[]
  maker: string | null
  solver: string | null
  source: Leg
  destination: Leg
}

/** One intent with all that is known of it. */
export interface IntentDetail extends IntentSummary {
  row: IntentRow
  /** Other things it can be found by: transactions, addresses. */
  mentions: { kind: string; value: string }[]
  transactions: TransactionRef[]
  proofStatus: string | null
  failures: Record<string, string>
  details: Record<string, string>
  /** What its system shows of it beside what all systems share. */
  panels: Panel[]
  /** Where it stands more closely than its status word says, now and as time passes; empty where the word says it all. */
  course: Course
  stages: StageEntry[]
  /** Oldest first. */
  notes: Note[]
  /** Why and by whom it was silenced last, past or not; null when nothing is silenced for its present status. */
  silence: Silence | null
  fundsLockedAtMs: number | null
  fundsReleasedAtMs: number | null
  timeline: TimelineEntry[]
}
