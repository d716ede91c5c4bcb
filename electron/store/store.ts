import type { ActionFilter, ActionRecord, ActionStep, NewActionStep } from '../../shared/api/action.ts'
import type {
  Counts,
  GridBatch,
  MempoolSeries,
  RawView,
  RouteCount,
  Snapshot,
} from '../../shared/api/answers.ts'
import type { StoreIncident } from '../../shared/api/incident.ts'
import type { ConnectionLine, Drift, Gap, QuarantinedFrame } from '../../shared/api/presence.ts'
import type { IntentDetail, IntentRow, IntentSummary } from '../../shared/api/row.ts'
import type { Settings } from '../../shared/api/settings.ts'
import type { IntentId } from '../../shared/intent/ids.ts'
import type { Intent } from '../../shared/intent/intent.ts'
import type { JournaledEvent, RawEvent } from '../../shared/log/rawEvent.ts'

/** Something wrong in a store, and where. */
export interface StoreProblem {
  /** `file`, `journal event 12`, `action step 7`, `intent fusion-test:0x…`, `table drift`. */
  where: string
  /** A sentence. */
  what: string
}

/** What a check of a whole store found. */
export interface Verification {
  eventCount: number
  lastSeq: number
  /** Events that were removed because the settings said so. */
  retainedCount: number
  /** Events that are known to have been there and could not be saved from a damaged store. */
  lostCount: number
  /** Steps in the ledger of actions, and those that could not be saved from a damaged store. */
  stepCount: number
  lostStepCount: number
  intentCount: number
  /** The first of them, at most 100. */
  problems: StoreProblem[]
}

/** Order of a page of intents. */
export interface Sort {
  by: 'changed' | 'created' | 'phaseSince' | 'deadline'
  isAscending: boolean
}

/** What a batch became. It is on disk when this arrives. */
export interface Appended {
  lastSeq: number
  /** Highest version after the batch; rises only when an intent, a sample or a connection changed. */
  version: number
  storedCount: number
  repeatCount: number
  quarantinedCount: number
}

/** What the store knows of one connection from the journal. */
export interface ConnectionRecord {
  connection: string
  eventCount: number
  repeatCount: number
  quarantinedCount: number
  openIntentCount: number
  /** The newest time that anything was heard; null when nothing ever was. */
  lastReceivedAtMs: number | null
  eventsPerMinute: number[]
  gaps: Gap[]
  drift: Drift[]
  log: ConnectionLine[]
}

/** An intent that is not over, as a connection needs it. */
export interface OpenIntent {
  id: string
  aliases: { kind: string; value: string }[]
  status: string
  lastHeardAtMs: number
}

/**
 * The store, behind a worker thread. Every method answers from what is on disk. Errors are `Failure`s.
 * Methods of a `ReadStore` may be used beside a running console.
 */
export interface ReadStore {
  /** Last sequence number and highest version on disk. */
  head: () => Promise<{ lastSeq: number; version: number }>
  page: (ask: {
    query: string
    sort: Sort
    limit: number
    since: number
    nowMs: number
  }) => Promise<GridBatch>
  freeze: (ask: { query: string; sort: Sort; nowMs: number }) => Promise<Snapshot>
  rows: (ask: {
    snapshot: string
    from: number
    limit: number
    nowMs: number
  }) => Promise<{ rows: IntentRow[]; version: number }>
  changes: (ask: {
    snapshot: string
    ids: string[]
    since: number
    nowMs: number
  }) => Promise<{ rows: IntentRow[]; newCount: number; version: number }>
  find: (ask: { query: string; limit: number; nowMs: number }) => Promise<IntentSummary[]>
  /** By any identifier; fails with `not-found`, or with `usage` when a prefix fits several. */
  get: (ask: { id: string; nowMs: number }) => Promise<{ version: number; intent: IntentDetail }>
  /** The folded intent of any identifier; fails as `get` does. */
  intent: (id: string) => Promise<Intent>
  /** Actions that match: open and late ones on top, then the newest first. */
  actions: (filter: ActionFilter) => Promise<ActionRecord[]>
  /** Fails with `not-found`. */
  action: (id: string) => Promise<ActionRecord>
  /** Every action whose outcome is not known (`sending`, `unknown`), oldest first. */
  openActions: () => Promise<ActionRecord[]>
  /** Rows of the ledger after a place, oldest first. */
  actionSteps: (ask: { after: number; limit: number }) => Promise<ActionStep[]>
  /** Which ledger it is, an id that no other data folder's has, the last place given in it, and how many actions are open and late. */
  actionsHead: () => Promise<{ ledger: number; lastSeq: number; openCount: number; lateCount: number }>
  raw: (seq: number) => Promise<RawView>
  journal: (ask: { after: number; limit: number }) => Promise<JournaledEvent[]>
  counts: (nowMs: number) => Promise<Counts>
  /** The routes that most intents take, most first; reads every intent. */
  routes: (limit: number) => Promise<RouteCount[]>
  /** The open intent that has waited longest among those whose wait is still normal; null when none waits. */
  longestNormalWait: (
    nowMs: number,
  ) => Promise<{ id: IntentId; sinceMs: number; normalWaitMs: number } | null>
  mempool: (ask: {
    connection: string
    fromMs: number
    untilMs: number
    points: number
  }) => Promise<MempoolSeries>
  connections: (nowMs: number) => Promise<ConnectionRecord[]>
  quarantine: (ask: {
    connection: string
    beforeSeq: number | null
    limit: number
  }) => Promise<QuarantinedFrame[]>
  settings: () => Promise<Settings>
  watched: (connection: string) => Promise<string[]>
  /** What was wrong with the data folder when it was opened, now or earlier, newest first. */
  incidents: () => Promise<StoreIncident[]>
  /** Checks everything in the store against everything else. Reads all of it and needs as much room again for a copy. */
  verify: () => Promise<Verification>
  close: () => Promise<void>
}

/** The one writer of a data folder. */
export interface Store extends ReadStore {
  /** Journals a batch and everything it means in one transaction. Resolves when it is on disk. */
  append: (batch: RawEvent[]) => Promise<Appended>
  /**
   * Adds a step to the ledger; answers what its action comes to, null for a step of the profile. Synced to disk when it
   * resolves. Fails with `closed` and the fact `pending`, an action's id, when that one is open on the same connection,
   * kind and subject; with `disk` when the disk refuses, and then nothing of it was written.
   */
  recordStep: (step: NewActionStep) => Promise<ActionRecord | null>
  openIntents: (ask: { connection: string; after: string | null; limit: number }) => Promise<OpenIntent[]>
  setSettings: (changes: Record<string, unknown>) => Promise<Settings>
  watch: (ask: { connection: string; id: string; isWatched: boolean }) => Promise<string[]>
  /** Reads the whole journal again into fresh projections; answers how many events were read. */
  rebuild: () => Promise<{ eventCount: number }>
}
