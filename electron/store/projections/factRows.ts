import { isPushed, orderKeyOf, type HeardFact } from '../../../shared/intent/fold.ts'
import type { Db } from '../database.ts'
import { digest } from '../journal/digest.ts'

/** Where a fact stands in the journal. */
interface Place {
  seq: number
  ordinal: number
}

const COLUMNS = 'intent, key, seq, ordinal, at_ms, emitted_at_ms, received_at_ms, times, pushes'

/** Of two facts that say the same, the one heard first stays; equal keys have equal ranks, so these three decide. */
const IS_EARLIER = `(excluded.received_at_ms, excluded.at_ms, excluded.emitted_at_ms)
  < (facts.received_at_ms, facts.at_ms, facts.emitted_at_ms)`

const KEEP_FIRST = `ON CONFLICT (intent, key) DO UPDATE SET
  seq = iif(${IS_EARLIER}, excluded.seq, seq),
  ordinal = iif(${IS_EARLIER}, excluded.ordinal, ordinal),
  at_ms = iif(${IS_EARLIER}, excluded.at_ms, at_ms),
  emitted_at_ms = iif(${IS_EARLIER}, excluded.emitted_at_ms, emitted_at_ms),
  received_at_ms = iif(${IS_EARLIER}, excluded.received_at_ms, received_at_ms),
  times = times + excluded.times,
  pushes = pushes + excluded.pushes`

/** Which facts an intent has and where they stand; what they say is read from the journal. */
export class FactRows {
  readonly #write
  readonly #copy
  readonly #drop

  constructor(db: Db) {
    this.#write = db.prepare<
      [number, Buffer, number, number, number, number, number, number],
      { seq: number; ordinal: number; times: number }
    >(
      `INSERT INTO facts (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)
       ${KEEP_FIRST} RETURNING seq, ordinal, times`,
    )
    this.#copy = db.prepare<[number, number]>(
      `INSERT INTO facts (${COLUMNS})
       SELECT ?, key, seq, ordinal, at_ms, emitted_at_ms, received_at_ms, times, pushes
       FROM facts WHERE intent = ? ${KEEP_FIRST}`,
    )
    this.#drop = db.prepare<[number]>('DELETE FROM facts WHERE intent = ?')
  }

  /** Keeps a fact: `new`, a `repeat` of one that is kept, or one that takes the place of a later one as `earlier`. */
  write(intent: number, place: Place, heard: HeardFact): 'new' | 'repeat' | 'earlier' {
    const { atMs, emittedAtMs, receivedAtMs, key } = orderKeyOf(heard)
    const row = this.#write.get(
      intent,
      digest(key),
      place.seq,
      place.ordinal,
      atMs,
      emittedAtMs,
      receivedAtMs,
      isPushed(heard.origin) ? 1 : 0,
    )
    if (row === undefined || row.times === 1) return 'new'
    return row.seq === place.seq && row.ordinal === place.ordinal ? 'earlier' : 'repeat'
  }

  /** Gives all facts of one intent to another. */
  move(from: number, to: number): void {
    this.#copy.run(to, from)
    this.#drop.run(from)
  }
}
