import type { PresenceState } from '../api/presence.ts'
import type { ConnectionId } from '../intent/ids.ts'
import type { RawEvent } from './rawEvent.ts'

/** What the console itself writes into the journal about a connection (`system: 'console'`, `origin: 'console'`), by kind. */
export interface ConsoleEvents {
  /** Hearing stopped at `fromMs`. A connection has at most one open gap. */
  gapOpened: { fromMs: number; reason: string }
  /** Hearing again at `untilMs`. `isRecovered`: the peer proved that nothing was missed, so there was no gap after all. */
  gapClosed: { fromMs: number; untilMs: number; isRecovered: boolean }
  /** Every open intent was read again after the gap that began at `fromMs`. */
  gapRepaired: { fromMs: number; atMs: number; readCount: number; failedCount: number }
  /** Presence changed state. */
  presenceChanged: { state: PresenceState; reason: string; tip: string }
  /** Events that could not be kept were counted instead; only for lossy kinds (samples) or beyond the quarantine's ring. */
  eventsDropped: { kind: string; count: number; reason: string }
  /** Old events were removed because the settings say so: intents that were over, and events that told of none. */
  eventsRemoved: { eventCount: number; intentCount: number }
}

/** Kinds of event that the console writes itself. */
export type ConsoleEventKind = keyof ConsoleEvents

/** A raw event that the console writes itself. Two equal ones are two events, so each counts as a reading. */
export function consoleEvent<Kind extends ConsoleEventKind>(
  about: { connection: ConnectionId; atMs: number },
  kind: Kind,
  said: ConsoleEvents[Kind],
): RawEvent {
  return {
    connection: about.connection,
    system: 'console',
    kind,
    origin: 'console',
    receivedAtMs: about.atMs,
    payload: JSON.stringify(said),
    isSample: true,
  }
}
