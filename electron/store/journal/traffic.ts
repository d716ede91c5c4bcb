import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Db } from '../database.ts'

const MINUTE_MS = 60_000

/** What one batch brought on one connection. */
interface Tally {
  events: number
  repeats: number
  lastReceivedAtMs: number
  byMinute: Map<number, number>
}

/** Counts what every connection brings, once per batch. What the console itself writes is no traffic. */
export class Traffic {
  readonly #tallies = new Map<number, Tally>()
  readonly #count
  readonly #countMinute

  constructor(db: Db) {
    this.#count = db.prepare<[number, number, number, number]>(
      `UPDATE connections SET event_count = event_count + ?, repeat_count = repeat_count + ?,
         last_received_at_ms = max(coalesce(last_received_at_ms, 0), ?) WHERE id = ?`,
    )
    this.#countMinute = db.prepare<[number, number, number]>(
      `INSERT INTO activity (connection, minute, count) VALUES (?, ?, ?)
       ON CONFLICT (connection, minute) DO UPDATE SET count = count + excluded.count`,
    )
  }

  /** Counts one event, kept or not. */
  add(connection: number, event: RawEvent, isRepeat: boolean): void {
    if (event.system === 'console') return
    let tally = this.#tallies.get(connection)
    if (tally === undefined) {
      tally = { events: 0, repeats: 0, lastReceivedAtMs: 0, byMinute: new Map() }
      this.#tallies.set(connection, tally)
    }
    const minute = Math.floor(event.receivedAtMs / MINUTE_MS)
    tally.events += 1
    if (isRepeat) tally.repeats += 1
    tally.lastReceivedAtMs = Math.max(tally.lastReceivedAtMs, event.receivedAtMs)
    tally.byMinute.set(minute, (tally.byMinute.get(minute) ?? 0) + 1)
  }

  /** Writes the counts of the batch down. */
  flush(): void {
    for (const [connection, tally] of this.#tallies) {
      this.#count.run(tally.events, tally.repeats, tally.lastReceivedAtMs, connection)
      for (const [minute, count] of tally.byMinute) this.#countMinute.run(connection, minute, count)
    }
    this.#tallies.clear()
  }

  /** Forgets a batch that was rolled back. */
  reset(): void {
    this.#tallies.clear()
  }
}
