import { z } from 'zod'
import type { ConsoleEventKind, ConsoleEvents } from '../../../shared/log/consoleEvent.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'

const instant = z.number().int()
const count = z.number().int().min(0)

const schemas = {
  gapOpened: z.object({ fromMs: instant, reason: z.string() }),
  gapClosed: z.object({ fromMs: instant, untilMs: instant, isRecovered: z.boolean() }),
  gapRepaired: z.object({ fromMs: instant, atMs: instant, readCount: count, failedCount: count }),
  presenceChanged: z.object({
    state: z.enum(['connecting', 'live', 'stale', 'retrying', 'needs-credentials', 'refused', 'stopped']),
    reason: z.string(),
    tip: z.string(),
  }),
  eventsDropped: z.object({ kind: z.string(), count, reason: z.string() }),
  eventsRemoved: z.object({ eventCount: count, intentCount: count }),
} satisfies { [Kind in ConsoleEventKind]: z.ZodType<ConsoleEvents[Kind]> }

/** One thing that the console said about a connection. */
export type ConsoleSaid = {
  [Kind in ConsoleEventKind]: { kind: Kind; said: ConsoleEvents[Kind] }
}[ConsoleEventKind]

/** Reads what the console said; null when it is not of this version's making (a log from elsewhere may hold anything). */
export function consoleSaid(event: RawEvent): ConsoleSaid | null {
  if (!Object.hasOwn(schemas, event.kind)) return null
  const kind = event.kind as ConsoleEventKind
  const parsed = schemas[kind].safeParse(jsonOrNull(event.payload))
  return parsed.success ? ({ kind, said: parsed.data } as ConsoleSaid) : null
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
