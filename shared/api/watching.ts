import type { ConnectionId, IntentId } from '../intent/ids.ts'
import type { Phase } from '../intent/phase.ts'

/** Most ids that one call follows: each is kept and looked at on its own, and a thousand take about a second. */
export const MOST_WATCHED_AT_ONCE = 1_000

/** What became of an id that was to be followed. */
export interface WatchOutcome {
  /** As it was given. */
  id: string
  outcome: 'accepted' | 'already-watched' | 'refused'
  /** One sentence; empty when it was accepted. */
  why: string
}

/** An id that is followed by hand. */
export interface WatchedId {
  connection: ConnectionId
  /** As it was given. */
  id: string
  /** It stands in the profile, and only there can it be removed. */
  isFromProfile: boolean
  /** What has been heard of it; null while nothing has. */
  known: { id: IntentId; status: string; phase: Phase; isNotFound: boolean } | null
}
