import type { Db } from './database.ts'
import { intentOf } from './intentText.ts'
import { Meta } from './meta.ts'
import { searchTextOf } from './searchText.ts'

/** Intents indexed in one go: some 10 ms, so that a waiting call is not held up. */
const SLICE = 300

/**
 * The text index, built behind the ingest: a trigram index costs more than all the rest of a write. Intents whose
 * version is above `searchedVersion` are not in it as they are now; queries read those one by one.
 */
export class TextIndex {
  readonly #db
  readonly #meta
  readonly #next
  readonly #drop
  readonly #add

  constructor(db: Db) {
    this.#db = db
    this.#meta = new Meta(db)
    this.#next = db.prepare<[number, number], { id: number; version: number; body: string }>(
      `SELECT i.id, i.version, d.body FROM intents i JOIN documents d ON d.intent = i.id
       WHERE i.version > ? ORDER BY i.version LIMIT ?`,
    )
    this.#drop = db.prepare<[number]>('DELETE FROM search WHERE rowid = ?')
    this.#add = db.prepare<[number, string]>('INSERT INTO search (rowid, text) VALUES (?, ?)')
  }

  /** Takes the next slice in; false when there was nothing left to take. */
  advance(): boolean {
    const rows = this.#next.all(this.#meta.get('searchedVersion'), SLICE)
    const last = rows.at(-1)
    if (last === undefined) return false
    this.#db
      .transaction(() => {
        for (const { id, body } of rows) {
          this.#drop.run(id)
          this.#add.run(id, searchTextOf(intentOf(body)))
        }
        this.#meta.set('searchedVersion', last.version)
      })
      .immediate()
    return rows.length === SLICE
  }
}

/** Teaches a connection the SQL function `carries(body, needle)`, for intents that the index does not have yet. */
export function addCarries(db: Db): void {
  db.function('carries', { deterministic: true, directOnly: true }, (body: string, needle: string) =>
    Number(searchTextOf(intentOf(body)).includes(needle)),
  )
}
