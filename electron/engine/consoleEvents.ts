import type { ConsoleEventKind, ConsoleEvents } from '../../shared/log/consoleEvent.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'

/** What the console says about one connection, by kind. */
export type TellConsole = <K extends ConsoleEventKind>(kind: K, said: ConsoleEvents[K]) => void

const GAP_KINDS: ReadonlySet<string> = new Set<ConsoleEventKind>(['gapOpened', 'gapClosed', 'gapRepaired'])

/** Whether an event opens, closes or repairs a gap, and so shows on every timeline of its connection. */
export function isGapEvent(event: RawEvent): boolean {
  return event.system === 'console' && GAP_KINDS.has(event.kind)
}
