import type { Db } from '../database.ts'
import { Lru } from '../lru.ts'
import { Meta } from '../meta.ts'
import { compileQuery, type Condition } from './compile.ts'
import type { Statements } from './statements.ts'

/** Queries whose matches are kept counted; a person looks at a few at a time. */
const KEPT = 8

/** What matched at a version. */
interface Matches {
  ids: Set<number>
  version: number
  /** Integers given to intents, and how many of those intents were merged away, when it was counted. */
  lastIntent: number
  mergedCount: number
}

/**
 * How many intents match a query, exactly. What matched last time is kept, so that only what changed since is looked at
 * again; answers that change with time are counted anew.
 */
export class Totals {
  readonly #statements
  readonly #meta
  readonly #kept = new Lru<string, Matches>(KEPT)

  constructor(db: Db, statements: Statements) {
    this.#statements = statements
    this.#meta = new Meta(db)
  }

  /** Intents that match now. */
  count(query: string, nowMs: number): number {
    const condition = compileQuery(query, nowMs)
    if (condition.sql === '1') return this.#rowCount()
    if (condition.isVolatile) return this.#countAnew(condition)
    return this.#upToDate(query, condition).ids.size
  }

  #countAnew({ sql, values }: Condition): number {
    return this.#statements.number(`SELECT count(*) FROM intents i WHERE ${sql}`, values)
  }

  #upToDate(query: string, { sql, values }: Condition): Matches {
    const version = this.#meta.get('version')
    const lastIntent = this.#meta.get('lastIntent')
    const mergedCount = lastIntent - this.#rowCount()
    let matches = this.#kept.get(query)
    if (matches === undefined || matches.mergedCount !== mergedCount || matches.lastIntent > lastIntent) {
      // Some intents are gone, and nothing says which.
      matches = { ids: new Set(), version: 0, lastIntent, mergedCount }
      this.#kept.set(query, matches)
    }
    if (matches.version === version) return matches
    if (matches.version === 0) {
      for (const { id } of this.#statements.all<{ id: number }>(
        `SELECT i.id FROM intents i WHERE ${sql}`,
        values,
      )) {
        matches.ids.add(id)
      }
      matches.version = version
      return matches
    }
    const changed = this.#statements.all<{ id: number; isMatch: number }>(
      `SELECT i.id, coalesce(${sql}, 0) AS isMatch FROM intents i WHERE i.version > ?`,
      [...values, matches.version],
    )
    for (const { id, isMatch } of changed) {
      if (isMatch === 1) matches.ids.add(id)
      else matches.ids.delete(id)
    }
    matches.version = version
    matches.lastIntent = lastIntent
    return matches
  }

  #rowCount(): number {
    return this.#statements.number("SELECT coalesce(sum(count), 0) FROM counters WHERE name = 'total'", [])
  }
}
