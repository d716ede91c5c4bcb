import type { Db } from '../database.ts'
import { isDamage } from '../damage.ts'
import { Meta } from '../meta.ts'
import { isLinked, LEDGER_START, SELECT_STEPS, stepOf, type StepRow } from './stepRows.ts'

/** Something wrong in the ledger, and at which step. */
export interface LedgerProblem {
  seq: number
  /** A sentence. */
  what: string
}

/** One stretch of a walk through the ledger. */
export interface LedgerStretch {
  problems: LedgerProblem[]
  isEnd: boolean
}

/** Goes through the ledger from its first step on and checks every checksum, link and missing number, and where it ends. */
export class LedgerWalk {
  readonly #rows
  readonly #lost
  readonly #meta
  #seq: number
  /** The link of the step before; null where it is not known, and then nothing can be said of the next link. */
  #link: Buffer | null

  /** Begins after a step; unless that is 0, the start of the ledger, the first link is taken on trust. */
  constructor(db: Db, afterSeq = 0) {
    this.#seq = afterSeq
    this.#link = afterSeq === 0 ? LEDGER_START : null
    this.#rows = db.prepare<[number, number], StepRow>(`${SELECT_STEPS} WHERE seq > ? ORDER BY seq LIMIT ?`)
    this.#lost = db.prepare<[number], { chain: Buffer | null }>('SELECT chain FROM lost_steps WHERE seq = ?')
    this.#meta = new Meta(db)
  }

  /** Looks at the next `limit` steps; at the end also whether it is where the store remembers it. */
  next(limit: number): LedgerStretch {
    const rows = this.#rows.all(this.#seq, limit)
    const problems = rows.flatMap((row) => [...this.#crossHole(row.seq), ...this.#check(row)])
    const isEnd = rows.length < limit
    if (isEnd) problems.push(...this.#checkEnd())
    return { problems, isEnd }
  }

  #checkEnd(): LedgerProblem[] {
    const last = this.#meta.get('lastStep')
    if (last >= this.#seq) return this.#crossHole(last + 1)
    return [{ seq: this.#seq, what: `The store remembers step ${last} as the last of the ledger.` }]
  }

  #check(row: StepRow): LedgerProblem[] {
    const previous = this.#link
    this.#seq = row.seq
    this.#link = row.chain
    if (!isWhole(row))
      return [{ seq: row.seq, what: `Step ${row.seq} of the ledger is not as it was written.` }]
    if (previous === null || isLinked(previous, row)) return []
    return [
      { seq: row.seq, what: `Step ${row.seq} of the ledger does not follow the one before it in the chain.` },
    ]
  }

  /** Goes over steps that are known to be lost, up to `end`; answers what is missing besides. */
  #crossHole(end: number): LedgerProblem[] {
    for (let next = this.#seq + 1; next < end; next += 1) {
      const lost = this.#lost.get(next)
      if (lost === undefined) {
        this.#link = null
        return [{ seq: next, what: missing(next, end - 1) }]
      }
      this.#seq = next
      this.#link = lost.chain
    }
    return []
  }
}

function missing(first: number, last: number): string {
  return first === last
    ? `Step ${first} of the ledger is missing.`
    : `Steps ${first} to ${last} of the ledger are missing.`
}

function isWhole(row: StepRow): boolean {
  try {
    stepOf(row)
    return true
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}
