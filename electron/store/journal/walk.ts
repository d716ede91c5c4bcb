import type { JournaledEvent } from '../../../shared/log/rawEvent.ts'
import { isDamage } from '../damage.ts'
import type { Db } from '../database.ts'
import { chainAfter, CHAIN_START, contentDigest } from './digest.ts'
import { eventOf, SELECT_EVENTS, type EventRow } from './rows.ts'

/** Something wrong in the journal, and at which event. */
export interface JournalProblem {
  seq: number
  /** A sentence. */
  what: string
}

/** One step through the journal. */
export interface Stretch {
  eventCount: number
  problems: JournalProblem[]
  isEnd: boolean
}

type ChainedRow = EventRow & { chain: Buffer }

/** Goes through the journal from its first event on and checks every checksum, link and missing number. */
export class JournalWalk {
  readonly #rows
  readonly #run
  #seq: number
  /** The link of the event before; null where it is not known, and then nothing can be said of the next link. */
  #chain: Buffer | null

  /** Begins after an event; unless that is 0, the start of the journal, the first link is taken on trust. */
  constructor(db: Db, afterSeq = 0) {
    this.#seq = afterSeq
    this.#chain = afterSeq === 0 ? CHAIN_START : null
    this.#rows = db.prepare<[number, number], ChainedRow>(
      SELECT_EVENTS.replace('e.checksum', 'e.checksum, e.chain') + ' WHERE e.seq > ? ORDER BY e.seq LIMIT ?',
    )
    this.#run = db.prepare<[number], { lastSeq: number; chainAfter: Buffer }>(
      `SELECT last_seq AS lastSeq, chain_after AS chainAfter FROM removed_runs
       WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1`,
    )
  }

  /** The last event that was looked at; 0 before the first. */
  get seq(): number {
    return this.#seq
  }

  /** Looks at the next `limit` events. */
  next(limit: number): Stretch {
    const rows = this.#rows.all(this.#seq, limit)
    const problems: JournalProblem[] = []
    for (const row of rows) this.#check(row, problems)
    return { eventCount: rows.length, problems, isEnd: rows.length < limit }
  }

  #check(row: ChainedRow, problems: JournalProblem[]): void {
    const missing = this.#crossHole(row.seq)
    if (missing !== null) problems.push(missing)
    const event = intact(row)
    if (event === null) problems.push({ seq: row.seq, what: `Event ${row.seq} is not as it was written.` })
    else if (
      this.#chain !== null &&
      !chainAfter(this.#chain, event, contentDigest(event)).equals(row.chain)
    ) {
      problems.push({
        seq: row.seq,
        what: `Event ${row.seq} does not follow the one before it in the chain.`,
      })
    }
    this.#seq = row.seq
    this.#chain = row.chain
  }

  /**
   * Goes over removed events up to `seq`; answers what is missing without having been removed. A run may begin before the
   * place that was reached: it was removed meanwhile.
   */
  #crossHole(seq: number): JournalProblem | null {
    for (let next = this.#seq + 1; next < seq; next = this.#seq + 1) {
      const run = this.#run.get(next)
      if (run === undefined || run.lastSeq < next || run.lastSeq >= seq) {
        this.#chain = null
        return { seq: next, what: `Events ${next} to ${seq - 1} are missing.` }
      }
      this.#seq = run.lastSeq
      this.#chain = run.chainAfter
    }
    return null
  }
}

function intact(row: ChainedRow): JournaledEvent | null {
  try {
    return eventOf(row)
  } catch (error) {
    if (isDamage(error)) return null
    throw error
  }
}
