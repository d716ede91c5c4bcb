import type { GridBatch, Snapshot } from '../../../shared/api/answers.ts'
import type { IntentRow } from '../../../shared/api/row.ts'
import type { Db } from '../database.ts'
import { Meta } from '../meta.ts'
import type { Register } from '../register.ts'
import type { Sort } from '../store.ts'
import { partsOfConsoleId } from './consoleId.ts'
import { compileQuery } from './compile.ts'
import { CountReader } from './counts.ts'
import { IntentReader } from './intentReader.ts'
import { orderedStatements } from './order.ts'
import { PLACED, RowReader, type Placed } from './rowReader.ts'
import { Snapshots } from './snapshots.ts'
import { Statements } from './statements.ts'
import { Totals } from './totals.ts'

/** No limit, as SQLite wants it. */
const ALL = -1

/** A version before every version. */
const EVER = -1

/** Pages of the grid: the moving top, and what was frozen. */
export class Pages {
  readonly counts
  readonly reader
  readonly #statements
  readonly #totals
  readonly #snapshots = new Snapshots()
  readonly #meta
  readonly #rows
  readonly #placedById
  readonly #placedByName

  constructor(db: Db, register: Register) {
    this.reader = new IntentReader(db, register)
    this.#statements = new Statements(db)
    this.#totals = new Totals(db, this.#statements)
    this.counts = new CountReader(db, this.#totals)
    this.#meta = new Meta(db)
    this.#rows = new RowReader(this.reader)
    this.#placedById = db.prepare<[number], Placed>(`SELECT ${PLACED} FROM intents i WHERE i.id = ?`)
    this.#placedByName = db.prepare<[string, string], Placed>(
      `SELECT ${PLACED} FROM aliases a JOIN intents i ON i.id = a.intent
       WHERE a.value = ? AND a.connection = (SELECT id FROM connections WHERE name = ?)`,
    )
  }

  /** The first intents that match, with those rows that changed after `since`. */
  page(ask: { query: string; sort: Sort; limit: number; since: number; nowMs: number }): GridBatch {
    const placed = this.#ordered<Placed>(PLACED, ask, ask.limit)
    return {
      version: this.#meta.get('version'),
      total: this.#totals.count(ask.query, ask.nowMs),
      order: placed.map(({ consoleId }) => consoleId),
      rows: this.#rows.changed(placed, ask),
      counts: this.counts.counts(ask.nowMs),
    }
  }

  /** Integer ids of the first intents that match, in order. */
  matching(query: string, sort: Sort, { limit, nowMs }: { limit: number; nowMs: number }): number[] {
    return this.#ordered<{ id: number }>('i.id', { query, sort, nowMs }, limit).map(({ id }) => id)
  }

  /** Holds still what matches. */
  freeze({ query, sort, nowMs }: { query: string; sort: Sort; nowMs: number }): Snapshot {
    const ids = Float64Array.from(this.matching(query, sort, { limit: ALL, nowMs }))
    const version = this.#meta.get('version')
    const snapshot = this.#snapshots.keep({ query, ids, version }, nowMs)
    return { snapshot, total: ids.length, version, takenAtMs: nowMs }
  }

  /** Rows of a snapshot by number, as they are now. One that was merged into another since is left out. */
  rows(ask: { snapshot: string; from: number; limit: number; nowMs: number }): {
    rows: IntentRow[]
    version: number
  } {
    const { ids } = this.#snapshots.get(ask.snapshot, ask.nowMs)
    const asked = [...ids.subarray(ask.from, ask.from + ask.limit)]
    return {
      rows: this.#rows.changed(
        asked.flatMap((id) => this.#placedById.get(id) ?? []),
        { since: EVER, nowMs: ask.nowMs },
      ),
      version: this.#meta.get('version'),
    }
  }

  /** Which of the given intents changed after `since`, and how many others changed since the snapshot that match its query. */
  changes(ask: { snapshot: string; ids: string[]; since: number; nowMs: number }): {
    rows: IntentRow[]
    newCount: number
    version: number
  } {
    const { query, version } = this.#snapshots.get(ask.snapshot, ask.nowMs)
    const shown = ask.ids.flatMap((consoleId) => this.#named(consoleId))
    const { sql, values } = compileQuery(query, ask.nowMs)
    const newCount = this.#statements.number(
      `SELECT count(*) FROM intents i WHERE i.version > ? AND ${sql}
         AND i.id NOT IN (SELECT value FROM json_each(?))`,
      [version, ...values, JSON.stringify(shown.map(({ id }) => id))],
    )
    return { rows: this.#rows.changed(shown, ask), newCount, version: this.#meta.get('version') }
  }

  #named(consoleId: string): Placed[] {
    const [connection, alias] = partsOfConsoleId(consoleId)
    const placed = this.#placedByName.get(alias, connection)
    return placed === undefined ? [] : [placed]
  }

  #ordered<Row>(columns: string, ask: { query: string; sort: Sort; nowMs: number }, limit: number): Row[] {
    const { query, sort, nowMs } = ask
    const found: Row[] = []
    for (const { sql, values } of orderedStatements(columns, compileQuery(query, nowMs), {
      ...sort,
      nowMs,
    })) {
      const left = limit === ALL ? ALL : limit - found.length
      if (left === 0) break
      for (const row of this.#statements.all<Row>(sql, [...values, left])) found.push(row)
    }
    return found
  }
}
