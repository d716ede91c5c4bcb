import type { ConnectionId, SystemName } from '../intent/ids.ts'
import type { CredentialStatus } from './credential.ts'

/**
 * How well the console hears a connection.
 * `connecting` first attempt under way · `live` hearing it · `stale` open but silent for longer than it should be ·
 * `retrying` down, next attempt planned · `needs-credentials` refused for lack of a good credential, waits for one ·
 * `refused` the peer speaks something else or shut us out, waits long · `stopped` by the operator or at exit.
 */
export type PresenceState =
  'connecting' | 'live' | 'stale' | 'retrying' | 'needs-credentials' | 'refused' | 'stopped'

/** Whether a connection needs a look: it is neither heard nor just being opened. */
export function isUnwell(state: PresenceState): boolean {
  return state !== 'live' && state !== 'connecting'
}

/** Presence of one connection at an instant. Times are epoch milliseconds. */
export interface Presence {
  state: PresenceState
  /** One sentence, what happened; empty while live, unless something that was heard wants a look. */
  reason: string
  /** One sentence, what to do about it; empty while live. */
  tip: string
  sinceMs: number
  /** Last traffic of any kind received; null before the first. */
  lastReceivedAtMs: number | null
  /** Last answered application ping: when it was answered and how long that took. */
  lastPongAtMs: number | null
  roundTripMs: number | null
  /** Planned next attempt; null when none is needed. */
  nextRetryAtMs: number | null
  /** Attempts since it was last healthy. */
  attempt: number
  /** Until when readings wait, because the server asked for a pause (429, 503); null or absent when it did not. */
  pausedUntilMs?: number | null
}

/** A stretch of time in which events may have been missed. */
export interface Gap {
  connection: ConnectionId
  fromMs: number
  /** Null while it lasts. */
  untilMs: number | null
  reason: string
  /** When everything open had been read again; null: not (yet). */
  repairedAtMs: number | null
  /** Intents read again, and how many of those readings failed. */
  repairedCount: number
  repairFailedCount: number
}

/** One connection, as the Connections screen and `connections --json` show it. */
export interface ConnectionSummary {
  id: ConnectionId
  system: SystemName
  label: string
  url: string
  presence: Presence
  /** Whether this run holds the link itself (a reader beside a running console does not). */
  isHeldHere: boolean
  credential: {
    kind: CredentialStatus['kind']
    isPresent: boolean
    /** Absent while nobody has looked yet. */
    state?: CredentialStatus['state']
    /** Why it is not there, one sentence; empty when it is. */
    why?: string
  }
  /** `words` are those of its button, where it has one. */
  capabilities: { name: string; words?: string; isOffered: boolean; why: string }[]
  /** Newest first, of the last 24 hours. */
  gaps: Gap[]
  eventCount: number
  repeatCount: number
  /** Events received per minute, the last 60 minutes, oldest first. */
  eventsPerMinute: number[]
  quarantinedCount: number
  drift: Drift[]
  /** What happened to it last, newest first; at most 20 lines. */
  log: ConnectionLine[]
  openIntentCount: number
  watched: string[]
}

/** One line of a connection's log: how its presence changed, what its system said of itself, what was removed. */
export interface ConnectionLine {
  /** The event that it stands in, and its place among the lines of that event. */
  seq: number
  ordinal: number
  atMs: number
  kind: string
  text: string
}

/** Something outside the contract that was heard, counted. */
export interface Drift {
  kind: string
  where: string
  what: string
  count: number
  firstAtMs: number
  lastAtMs: number
}

/** A frame that could not be read. */
export interface QuarantinedFrame {
  seq: number
  connection: ConnectionId
  kind: string
  receivedAtMs: number
  path: string
  reason: string
  /** As received, cut at 64 KiB. */
  payload: string
}

/** One step of a connection test. */
export interface TestStep {
  /** `address`, `tcp`, `tls`, `handshake`, `credential`, `subscribe`, `first event`, `health`. */
  name: string
  state: 'running' | 'passed' | 'failed' | 'skipped'
  /** What was found; for a failure also what to do. */
  text: string
  tookMs: number | null
}
