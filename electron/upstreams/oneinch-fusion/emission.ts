import type { Origin } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { redact } from '../kit/redact.ts'
import { isJsonObject } from '../kit/shape.ts'
import type { TestSite } from '../upstream.ts'

/** Longest event name that is kept, characters; documented ones have fewer than 40. */
const LONGEST_NAME = 200

/** Kind of a frame that names neither an event nor a method. */
const NAMELESS = 'nameless frame'

/** Events that happen to an order once: the same once more is a repetition. All others may come true again. */
const ONCE: ReadonlySet<string> = new Set([
  'order_created',
  'order_filled',
  'order_filled_partially',
  'order_cancelled',
  'create',
  'fill',
  'cancel',
])

/** One frame heard over a feed, secrets redacted, as the journal keeps it; the feed's name alone tells the chain. */
export function frameEvent(
  site: TestSite,
  { feed, text, value, origin }: { feed: string; text: string; value: unknown; origin: Origin },
): RawEvent {
  const kind = nameOf(value)
  return {
    connection: site.connection.id,
    system: site.connection.system,
    kind: kind.slice(0, LONGEST_NAME),
    origin,
    receivedAtMs: site.clock.nowMs(),
    payload: redact(`{"feed":${JSON.stringify(feed)},"frame":${text.trim()}}`),
    isSample: !ONCE.has(kind),
  }
}

function nameOf(frame: unknown): string {
  const { event, method } = isJsonObject(frame) ? frame : {}
  if (typeof event === 'string' && event !== '') return event
  return typeof method === 'string' && method !== '' ? method : NAMELESS
}
