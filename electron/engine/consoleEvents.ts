import type { ConnectionId } from '../../shared/intent/ids.ts'
import type { ConsoleEventKind, ConsoleEvents } from '../../shared/log/consoleEvent.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'

/** What the console says about one connection, by kind. */
export type TellConsole = <K extends ConsoleEventKind>(kind: K, said: ConsoleEvents[K]) => void

/** A raw event that the console writes itself. Two equal ones are two events, so each counts as a reading. */
export function consoleEvent<K extends ConsoleEventKind>(
  about: { connection: ConnectionId; atMs: number },
  kind: K,
  said: ConsoleEvents[K],
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

const GAP_KINDS: ReadonlySet<string> = new Set<ConsoleEventKind>(['gapOpened', 'gapClosed', 'gapRepaired'])

/** Whether an event opens, closes or repairs a gap, and so shows on every timeline of its connection. */
export function isGapEvent(event: RawEvent): boolean {
  return event.system === 'console' && GAP_KINDS.has(event.kind)
}
