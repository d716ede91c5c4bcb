import type Database from 'better-sqlite3'
import type { Db } from '../database.ts'
import { Lru } from '../lru.ts'

/** Different queries of a few people at a time; preparing one again costs 0.1 ms. */
const KEPT = 100

/** Prepared statements of queries that people ask, by their SQL. */
export class Statements {
  readonly #db
  readonly #kept = new Lru<string, Database.Statement>(KEPT)

  constructor(db: Db) {
    this.#db = db
  }

  /** All rows. */
  all<Row>(sql: string, values: readonly unknown[]): Row[] {
    return this.#statement(sql).all(...values) as Row[]
  }

  /** The first column of the first row, a number. */
  number(sql: string, values: readonly unknown[]): number {
    const row = this.#statement(sql).get(...values) as Record<string, number> | undefined
    return Object.values(row ?? {})[0] ?? 0
  }

  #statement(sql: string): Database.Statement {
    const kept = this.#kept.get(sql)
    if (kept !== undefined) return kept
    const statement = this.#db.prepare(sql)
    this.#kept.set(sql, statement)
    return statement
  }
}
