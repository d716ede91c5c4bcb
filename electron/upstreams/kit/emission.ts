import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Site, TestSite } from '../upstream.ts'
import type { Background } from './background.ts'
import { LONGEST_DAMAGED, type Damage } from './guard.ts'
import { redact } from './redact.ts'

/** Kind of a frame in which no event could be recognised. */
const UNREADABLE = 'unreadable frame'

/** One frame that could not be framed, cut and redacted. */
export function damagedOf(site: TestSite, text: string, damage: Damage): RawEvent {
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
  reading: { pause: () => void; resume: () => void },
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
