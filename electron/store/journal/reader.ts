import { Failure } from '../../../shared/api/failure.ts'
import type { JournaledEvent } from '../../../shared/log/rawEvent.ts'
import type { Db } from '../database.ts'
import { eventOf, SELECT_EVENTS, type EventRow } from './rows.ts'

/** Reads raw events. */
export class JournalReader {
  readonly #after
  readonly #at
  readonly #lastSeq

  constructor(db: Db) {
    this.#after = db.prepare<[number, number], EventRow>(
      `${SELECT_EVENTS} WHERE e.seq > ? ORDER BY e.seq LIMIT ?`,
    )
    this.#at = db.prepare<[number], EventRow>(`${SELECT_EVENTS} WHERE e.seq = ?`)
    this.#lastSeq = db
      .prepare<[], number>(
        `SELECT max(coalesce((SELECT max(seq) FROM raw_events), 0),
                    coalesce((SELECT last_seq FROM removed_runs ORDER BY first_seq DESC LIMIT 1), 0))`,
      )
      .pluck()
  }

  /** Place of the last event that was ever there; 0 while there was none. */
  lastSeq(): number {
    return this.#lastSeq.get() ?? 0
  }

  /** Events after a place, oldest first. */
  after(seq: number, limit: number): JournaledEvent[] {
    return this.#after.all(seq, limit).map(eventOf)
  }

  /** The event at a place; fails with `not-found`. */
  at(seq: number): JournaledEvent {
    const row = this.#at.get(seq)
    if (row !== undefined) return eventOf(row)
    throw new Failure('not-found', `The journal has no event ${seq}.`, {
      tip: `Its last one is ${this.lastSeq()}.`,
      facts: { seq, lastSeq: this.lastSeq() },
    })
  }
}
