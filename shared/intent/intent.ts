import type { Leg } from './amount.ts'
import type { Deadline } from './deadline.ts'
import type { EntryFlag, Origin, Parts, TransactionRef } from './fact.ts'
import type { Alias, ConnectionId, IntentId, Mention, SystemName } from './ids.ts'
import type { Phase } from './phase.ts'

/** A status with the time it was first claimed and by what. */
export interface StageEntry {
  status: string
  phase: Phase
  rank: number | null
  /** By the system's clock, else ours. */
  enteredAtMs: number
  origin: Origin
}

/** Who said something, and when by the system's clock, else ours. */
export interface Said {
  origin: Origin
  atMs: number
}

/** One of several answers that do not agree. */
export interface Claim extends Said {
  value: string
}

/** Two or more answers about one field that cannot both be right. Both are shown. */
export interface Contradiction {
  /** `status`, or one of what never changes in truth: `maker`, `sourceAmount`, `destinationChain`, … */
  field: string
  /** The newest last. Of a status: the furthest and the newest. */
  claims: Claim[]
}

/** Place of a fact in the history of its intent: the same for the same fact in whatever order facts arrive. */
export interface OrderKey {
  atMs: number
  /** Rank of the status it claims, -1 without one: of two claims of one instant the one further forward is the later. */
  rank: number
  emittedAtMs: number
  receivedAtMs: number
  key: string
}

/** When facts that carry the system's time came in: all it takes to see that one had been overtaken. */
export interface Arrival {
  /** The newest time that the system gave. */
  systemAtMs: number
  /** Our clock, the last time a fact of that very instant came in. */
  receivedAtMs: number
  /** Our clock, the last time a fact of an earlier instant came in; null when there is none. */
  earlierReceivedAtMs: number | null
}

/** All that the facts heard so far say about one intent: the result of `fold`. */
export interface Intent {
  id: IntentId
  system: SystemName
  connection: ConnectionId
  aliases: Alias[]
  mentions: Mention[]
  /** The system's word, verbatim; empty when no status was ever claimed. */
  status: string
  phase: Phase
  isTerminal: boolean
  /** When the present status was first claimed without a different one in between. */
  phaseSinceMs: number
  /** By the system's clock where it said so, else the time of the first fact. */
  createdAtMs: number
  /** The newest time that the system gave, else ours. */
  updatedAtMs: number
  /** Our clock, the last time anything about it came in. */
  lastHeardAtMs: number
  /** Kind of the last fact in history order. */
  lastKind: string
  lastOrigin: Origin
  /** Every status entered, in history order. */
  stages: StageEntry[]
  /** The described status furthest forward that was ever claimed; the first terminal one is never passed. */
  furthest: StageEntry | null
  maker: string | null
  solver: string | null
  source: Leg
  destination: Leg
  deadlines: Deadline[]
  transactions: TransactionRef[]
  proofStatus: string | null
  failures: Record<string, string>
  details: Record<string, string>
  parts: Parts
  /** Both ends change hands in one transaction, so that funds are never locked. */
  isAtomic: boolean
  fundsLockedAtMs: number | null
  fundsReleasedAtMs: number | null
  /** The system has room for a proof that the funds came out, and showed none when it spoke of that last. */
  isReleaseUnproven: boolean
  /** Funds are or may be locked and nothing says that they came out. Independent of a terminal phase. */
  moneyAtRisk: boolean
  /** The system no longer lists it; says nothing about the outcome. */
  isRemoved: boolean
  /** The system answered that it does not know it (under the alias last asked). */
  isNotFound: boolean
  contradictions: Contradiction[]
  /** Who said the present value of each thing that never changes in truth. */
  said: Record<string, Said>
  /** Flags that any entry of the timeline carries, but for `repeat`. */
  flags: EntryFlag[]
  factCount: number
  /** Null while no fact carried the system's time. */
  arrival: Arrival | null
  lastKey: OrderKey
}
