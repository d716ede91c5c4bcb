import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Heard } from '../kit/guardedParser.ts'
import { redact } from '../kit/redact.ts'
import type { Site } from '../upstream.ts'
import type { FusionSettings } from './index.ts'
import { isJsonObject, isSaid } from '../kit/shape.ts'
import { TIME_FIELDS } from './wire.ts'

/** Longest event name that is kept, characters; documented ones have fewer than 25. */
const LONGEST_NAME = 200

/** Events that are readings: the same content twice is two readings. */
const SAMPLES: ReadonlySet<string> = new Set(['mempool:stats', 'pong', 'error'])

/** One event heard, secrets redacted, as the journal keeps it. */
export function eventOf(site: Site<FusionSettings>, name: string, { text, value }: Heard): RawEvent {
  // Without any time of its own an event cannot be told apart from the same thing happening again.
  const isTimed = isJsonObject(value) && TIME_FIELDS.some((field) => isSaid(value[field]))
  return {
    connection: site.connection.id,
    system: site.connection.system,
    kind: name.slice(0, LONGEST_NAME),
    origin: 'push',
    receivedAtMs: site.clock.nowMs(),
    payload: redact(text),
    isSample: SAMPLES.has(name) || !isTimed,
  }
}
