import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Background } from '../kit/background.ts'
import { LONGEST_DAMAGED, type Damage } from '../kit/guard.ts'
import type { Heard } from '../kit/guardedParser.ts'
import { redact } from '../kit/redact.ts'
import type { Site } from '../upstream.ts'
import type { FusionSettings } from './index.ts'
import { isJsonObject, isSaid } from './shape.ts'
import type { FusionSocket } from './socket.ts'
import { TIME_FIELDS } from './wire.ts'

/** Kind of a frame in which no event could be recognised. */
const UNREADABLE = 'unreadable frame'

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

/** One frame that could not be framed, cut and redacted. */
export function damagedOf(site: Site<FusionSettings>, text: string, damage: Damage): RawEvent {
  return {
    connection: site.connection.id,
    system: site.connection.system,
    kind: UNREADABLE,
    origin: 'push',
    receivedAtMs: site.clock.nowMs(),
    payload: redact(text.slice(0, LONGEST_DAMAGED)),
    isSample: true,
    damage,
  }
}

/** Hands events to the journal's queue. While that is full, nothing more is read from the network: the server waits. */
export function createEmit(
  site: Pick<Site, 'emit'>,
  background: Background,
  reading: Pick<FusionSocket, 'pause' | 'resume'>,
): (event: RawEvent) => void {
  let waiting = 0
  return (event) => {
    const room = site.emit(event)
    if (room === undefined) return
    waiting += 1
    // Each time, since it may be a new connection that delivers while the queue is still full from the one before.
    reading.pause()
    background.run(
      'Handing events to the journal',
      room.finally(() => {
        waiting -= 1
        if (waiting === 0) reading.resume()
      }),
    )
  }
}
