import type { Gate } from './action.ts'
import type { StoreIncident } from './incident.ts'
import type { ConnectionId, IntentId, SystemName } from '../intent/ids.ts'
import type { Fact } from '../intent/fact.ts'
import type { Phase } from '../intent/phase.ts'
import type { Vocabulary } from '../intent/vocabulary.ts'
import type { RawEvent } from '../log/rawEvent.ts'
import type { CredentialKeeping } from './credential.ts'
import type { IntentRow } from './row.ts'
import type { Presence } from './presence.ts'

/** How many intents there are; kept as counters, not counted on asking. */
export interface Counts {
  total: number
  open: number
  stuck: number
  atRisk: number
  /** Of these, the ones that have ended: nothing shows that the funds came out. */
  endedAtRisk: number
  /** Lines that Attention leaves out for now because somebody silenced the intent; one may be on several. */
  silenced: number
  watched: number
  contradicted: number
  bySystem: Record<string, number>
  byPhase: Partial<Record<Phase, number>>
  byConnection: Record<string, number>
}

/** How many intents go from one chain to another in one system. */
export interface RouteCount {
  system: SystemName
  sourceChainId: number
  destinationChainId: number
  count: number
}

/** The state that the frame of the page shows. Times are epoch milliseconds. */
export interface ConsoleStatus {
  version: number
  nowMs: number
  consoleVersion: string
  host: 'desktop' | 'browser'
  mode: 'live' | 'archive'
  profile: { name: string; environment: 'production' | 'staging' | 'sandbox'; isDemo: boolean }
  isReadOnly: boolean
  /** Whether commands that change anything outside are accepted (`isAllowed` is `isOpen` by its older name), and why not. */
  actions: Gate & { isAllowed: boolean }
  dataDir: string
  /** Last sequence number that is on disk. */
  lastSeq: number
  eventsPerSec: number
  /** Events received and not yet on disk. */
  behindBy: number
  diskFreeBytes: number | null
  /** Set when the disk refuses and receiving has stopped. */
  storeTrouble: string | null
  counts: Counts
  /** What was wrong with the data folder when it was opened, now or earlier, newest first; absent from older engines. */
  incidents?: StoreIncident[]
  /** When the longest-waiting open intent whose wait is normal entered its phase; null when none waits. */
  longestNormalWait: { id: IntentId; sinceMs: number; normalWaitMs: number } | null
  connections: { id: ConnectionId; system: SystemName; label: string; presence: Presence }[]
  /** Where credentials are kept, as last found; null or absent while no connection needed to know. */
  credentials?: CredentialKeeping | null
}

/** The top of a grid. */
export interface GridBatch {
  version: number
  /** How many match; exact. */
  total: number
  /** Ids of the first rows, in order. */
  order: IntentId[]
  /** Those of them that changed after the version asked from. */
  rows: IntentRow[]
  counts: Counts
}

/** What matched at one instant, held still. */
export interface Snapshot {
  snapshot: string
  total: number
  version: number
  takenAtMs: number
}

/** One raw event beside its meaning. */
export interface RawView {
  seq: number
  event: RawEvent
  facts: Fact[]
}

/** One system that the console can watch. */
export interface SystemCard {
  system: SystemName
  label: string
  vocabulary: Vocabulary
}

/** Counters over time; `null` stands where nothing was heard, so that no line is drawn across. */
export interface MempoolSeries {
  connection: ConnectionId
  /** Epoch milliseconds of the points, oldest first. */
  atMs: number[]
  /** The system's counters by its own names. */
  system: Record<string, (number | null)[]>
  /** Our counts by phase at the same instants. */
  ours: Record<string, (number | null)[]>
  /** The newest reading whole, and the reading nearest to one hour before it. */
  latest: { atMs: number; values: Record<string, number> } | null
  hourBefore: { atMs: number; values: Record<string, number> } | null
  oursNow: Record<string, number>
}
