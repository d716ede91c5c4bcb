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
  readonly #add
  readonly #merge
  readonly #copy
  readonly #drop

  constructor(db: Db) {
    this.#add = db.prepare<[number, Buffer, number, number, number, number, number, number]>(
      `INSERT INTO facts (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT DO NOTHING`,
    )
    this.#merge = db.prepare<
      [number, Buffer, number, number, number, number, number, number],
      { seq: number; ordinal: number }
    >(
      `INSERT INTO facts (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)
       ${KEEP_FIRST} RETURNING seq, ordinal`,
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
    const { seq, ordinal } = place
    const times = [atMs, emittedAtMs, receivedAtMs] as const
    const values = [intent, digest(key), seq, ordinal, ...times, isPushed(heard.origin) ? 1 : 0] as const
    // Nearly every fact is new, and adding one costs half of what merging two does.
    if (this.#add.run(...values).changes === 1) return 'new'
    const row = this.#merge.get(...values)
    return row?.seq === seq && row.ordinal === ordinal ? 'earlier' : 'repeat'
  }

  /** Takes all facts of an intent away. */
  remove(intent: number): void {
    this.#drop.run(intent)
  }

  /** Gives all facts of one intent to another. */
  move(from: number, to: number): void {
    this.#copy.run(to, from)
    this.#drop.run(from)
  }
}
