import type { Origin } from '../intent/fact.ts'
import type { ConnectionId, SystemName } from '../intent/ids.ts'

/** One thing heard, exactly as it came, before anybody read a meaning into it. What the journal keeps. */
export interface RawEvent {
  connection: ConnectionId
  /** `console` for what the console itself has to say about a connection (a gap, a change of presence). */
  system: SystemName | 'console'
  /** The event's name on the wire (`intent:new`), the reading's (`GET /api/intents/:intentId`), or our own (`gapClosed`). */
  kind: string
  origin: Origin
  /** Our clock, stamped once, epoch milliseconds. */
  receivedAtMs: number
  /** JSON text as it came, secrets redacted; for what is not JSON the text itself, cut at 64 KiB. */
  payload: string
  /** True when two equal payloads are two readings (a counter, an answer after a gap), not one thing said twice. */
  isSample: boolean
  /** Set when framing already failed, so that nobody tries to read the payload. */
  damage?: { path: string; reason: string }
}

/** A raw event with its place in the journal. */
export interface JournaledEvent extends RawEvent {
  seq: number
}
