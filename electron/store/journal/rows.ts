import type { Origin } from '../../../shared/intent/fact.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import type { JournaledEvent, RawEvent } from '../../../shared/log/rawEvent.ts'

/** Origins by their integer in the journal. Only ever append. */
const ORIGINS: readonly Origin[] = ['push', 'poll', 'repair', 'chain', 'operator', 'import', 'console']

/** A raw event as `EVENT_COLUMNS` reads it. */
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
}

/** Selects `EventRow`s: to be followed by conditions on `e`. */
export const SELECT_EVENTS = `
  SELECT e.seq, c.name AS connection, k.system, k.name AS kind, e.origin, e.received_at_ms AS receivedAtMs,
         e.is_sample AS isSample, e.payload, e.damage
  FROM raw_events e JOIN connections c ON c.id = e.connection JOIN kinds k ON k.id = e.kind`

/** The integer of an origin. */
export function originNumber(origin: Origin): number {
  return ORIGINS.indexOf(origin)
}

/** The event that a row holds. */
export function eventOf(row: EventRow): JournaledEvent {
  const origin = ORIGINS[row.origin]
  if (origin === undefined) throw new RangeError(`Event ${row.seq} has the unknown origin ${row.origin}.`)
  return {
    seq: row.seq,
    connection: connectionId(row.connection),
    system: row.system as RawEvent['system'],
    kind: row.kind,
    origin,
    receivedAtMs: row.receivedAtMs,
    isSample: row.isSample === 1,
    payload: row.payload,
    ...(row.damage === null ? {} : { damage: JSON.parse(row.damage) as { path: string; reason: string } }),
  }
}
