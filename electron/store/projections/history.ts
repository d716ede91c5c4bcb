import { Failure } from '../../../shared/api/failure.ts'
import type { Fact } from '../../../shared/intent/fact.ts'
import type { HeardFact } from '../../../shared/intent/fold.ts'
import type { Db } from '../database.ts'
import { eventOf, originOf, SELECT_EVENTS, type EventRow } from '../journal/rows.ts'
import { meaningOf } from './meaning.ts'
import type { Register } from '../register.ts'

/** A fact of an intent with its place in the journal. */
export interface PlacedFact extends HeardFact {
  seq: number
  /** How often the same was said again, by the same frame or another. */
  repeats: number
}

type PlacedRow = EventRow & { ordinal: number; repeats: number }

/** Reads the facts of one intent again from their raw events: projections keep only where they stand. */
export class History {
  readonly #rows
  readonly #normalise: (event: EventRow) => Fact[]

  constructor(db: Db, register: Register) {
    this.#normalise = (row) => meaningOf(register, eventOf(row))
    this.#rows = db.prepare<[number], PlacedRow>(
      `${SELECT_EVENTS.replace('e.damage', 'e.damage, f.ordinal, max(f.pushes - 1, 0) + coalesce(r.count, 0) AS repeats')}
       JOIN facts f ON f.seq = e.seq LEFT JOIN repeats r ON r.seq = e.seq
       WHERE f.intent = ? ORDER BY e.seq, f.ordinal`,
    )
  }

  /** All facts of an intent, in the order in which they were journaled. */
  of(intent: number): PlacedFact[] {
    let seq = 0
    let facts: Fact[] = []
    return this.#rows.all(intent).map((row) => {
      if (row.seq !== seq) facts = this.#normalise(row)
      seq = row.seq
      return placed(row, facts[row.ordinal])
    })
  }
}

function placed(row: PlacedRow, fact: Fact | undefined): PlacedFact {
  if (fact?.about !== 'intent') {
    throw new Failure('verification', `Event ${row.seq} does not say any more what was concluded from it.`, {
      tip: 'The console learnt to read it differently; run "intent-console rebuild" on this data folder.',
      facts: { seq: row.seq },
    })
  }
  return {
    fact,
    origin: originOf(row.origin),
    receivedAtMs: row.receivedAtMs,
    seq: row.seq,
    repeats: row.repeats,
  }
}
