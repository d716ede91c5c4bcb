import type { JournaledEvent, RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Db } from '../database.ts'
import { chainAfter, CHAIN_START, dedupeNumber, rowChecksum } from './digest.ts'
import { Dictionary } from './dictionary.ts'
import { originNumber, SELECT_EVENTS, type EventRow } from './rows.ts'

/** The append-only record of everything heard. To be used within a transaction of the caller. */
export class Journal {
  readonly dictionary: Dictionary
  readonly #last
  readonly #alike
  readonly #at
  readonly #repeat
  readonly #insert
  readonly #leaveOut
  #lastSeq = 0
  #chain = CHAIN_START

  constructor(db: Db) {
    this.dictionary = new Dictionary(db)
    // What was removed keeps its numbers: no event ever stands where another stood.
    this.#last = db.prepare<[], { seq: number; chain: Buffer }>(
      `SELECT * FROM (SELECT seq, chain FROM raw_events ORDER BY seq DESC LIMIT 1)
       UNION ALL
       SELECT * FROM (SELECT last_seq, chain_after FROM removed_runs ORDER BY first_seq DESC LIMIT 1)
       ORDER BY seq DESC LIMIT 1`,
    )
    this.#alike = db.prepare<[number], number>('SELECT seq FROM raw_events WHERE dedupe = ?').pluck()
    this.#at = db.prepare<[number], EventRow>(`${SELECT_EVENTS} WHERE e.seq = ?`)
    this.#repeat = db.prepare<[number, number]>(
      `INSERT INTO repeats (seq, count, last_at_ms) VALUES (?, 1, ?)
       ON CONFLICT (seq) DO UPDATE SET count = count + 1, last_at_ms = max(last_at_ms, excluded.last_at_ms)`,
    )
    this.#insert = db.prepare<
      [number, number, number, number, number, number, string, string | null, number | null, number, Buffer]
    >('INSERT INTO raw_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    this.#leaveOut = db.prepare<[number, number, string, Buffer, number]>(
      'INSERT INTO removed_runs VALUES (?, ?, ?, ?, ?)',
    )
    this.reset()
  }

  get lastSeq(): number {
    return this.#lastSeq
  }

  /** Forgets what may have been rolled back, and reads the end of the journal again. */
  reset(): void {
    const last = this.#last.get()
    this.#lastSeq = last?.seq ?? 0
    this.#chain = last?.chain ?? CHAIN_START
    this.dictionary.reset()
  }

  /** Counts an event that says word for word what is already kept; false when it is new or a sample. */
  countRepeat(event: RawEvent, content: Buffer): boolean {
    if (event.isSample) return false
    for (const seq of this.#alike.all(dedupeNumber(content))) {
      const row = this.#at.get(seq)
      if (row === undefined || !isSameContent(row, event)) continue
      this.#repeat.run(seq, event.receivedAtMs)
      return true
    }
    return false
  }

  /** Writes an event down and gives it its place. */
  write(event: RawEvent, content: Buffer): JournaledEvent {
    const seq = this.#lastSeq + 1
    const journaled = { ...event, seq }
    this.#chain = chainAfter(this.#chain, journaled, content)
    this.#lastSeq = seq
    this.#insert.run(
      seq,
      this.dictionary.connection(event.connection),
      this.dictionary.kind(event.system, event.kind),
      originNumber(event.origin),
      event.receivedAtMs,
      event.isSample ? 1 : 0,
      event.payload,
      event.damage === undefined ? null : JSON.stringify(event.damage),
      event.isSample ? null : dedupeNumber(content),
      rowChecksum(event, seq),
      this.#chain,
    )
    return journaled
  }

  /** Leaves every number up to `lastSeq` empty: those events were here and are not any more. */
  skip(lastSeq: number, why: 'retained' | 'lost', atMs: number): void {
    this.#leaveOut.run(this.#lastSeq + 1, lastSeq, why, this.#chain, atMs)
    this.#lastSeq = lastSeq
  }
}

/** Nothing is dropped that does not also read the same. */
function isSameContent(row: EventRow, event: RawEvent): boolean {
  return (
    row.payload === event.payload &&
    row.kind === event.kind &&
    row.system === event.system &&
    row.connection === event.connection
  )
}
