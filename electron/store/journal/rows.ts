import type { Origin } from '../../../shared/intent/fact.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import type { JournaledEvent, RawEvent } from '../../../shared/log/rawEvent.ts'
import { Damage } from '../damage.ts'
import { rowChecksum } from './digest.ts'

/** Origins by their integer in the journal. Only ever append. */
const ORIGINS: readonly Origin[] = ['push', 'poll', 'repair', 'chain', 'operator', 'import', 'console']

/** A raw event as `SELECT_EVENTS` reads it. */
export interface EventRow {
  seq: number
  connection: string
  system: string
  kind: string
  origin: number
  receivedAtMs: number
  isSample: number
  payload: string
  damage: string | null
  checksum: number
}

/** Selects `EventRow`s: to be followed by conditions on `e`. */
export const SELECT_EVENTS = `
  SELECT e.seq, c.name AS connection, k.system, k.name AS kind, e.origin, e.received_at_ms AS receivedAtMs,
         e.is_sample AS isSample, e.payload, e.damage, e.checksum
  FROM raw_events e JOIN connections c ON c.id = e.connection JOIN kinds k ON k.id = e.kind`

/** The integer of an origin. */
export function originNumber(origin: Origin): number {
  return ORIGINS.indexOf(origin)
}

/** The origin of an integer; fails with `Damage` when it is none. */
export function originOf(number: number): Origin {
  const origin = ORIGINS[number]
  if (origin === undefined) throw new Damage(`The journal names the unknown origin ${number}.`)
  return origin
}

/** The event that a row holds; fails with `Damage` when it is not the event that was written there. */
export function eventOf(row: EventRow): JournaledEvent {
  const event: JournaledEvent = {
    seq: row.seq,
    connection: connectionId(row.connection),
    system: row.system as RawEvent['system'],
    kind: row.kind,
    origin: originOf(row.origin),
    receivedAtMs: row.receivedAtMs,
    isSample: row.isSample === 1,
    payload: row.payload,
    ...(row.damage === null ? {} : { damage: frameDamageOf(row.damage, row.seq) }),
  }
  if (rowChecksum(event, row.seq) === row.checksum) return event
  throw new Damage(`Event ${row.seq} of the journal is not as it was written.`, { seq: row.seq })
}

function frameDamageOf(text: string, seq: number): { path: string; reason: string } {
  try {
    return JSON.parse(text) as { path: string; reason: string }
  } catch {
    throw new Damage(`Event ${seq} of the journal is not as it was written.`, { seq })
  }
}
