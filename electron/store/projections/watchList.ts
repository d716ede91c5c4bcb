import { comparableId } from '../../../shared/intent/ids.ts'
import type { Alias } from '../../../shared/intent/ids.ts'
import type { Db } from '../database.ts'

/** The ids that an operator follows, by connection. They are no conclusion: a rebuild leaves them alone. */
export class WatchList {
  readonly #ids = new Map<string, Set<string>>()
  readonly #all
  readonly #of
  readonly #add
  readonly #remove

  constructor(db: Db) {
    this.#all = db.prepare<[], { connection: string; id: string }>('SELECT connection, id FROM watched')
    this.#of = db.prepare<[string], string>('SELECT id FROM watched WHERE connection = ? ORDER BY id').pluck()
    this.#add = db.prepare<[string, string]>('INSERT OR IGNORE INTO watched (connection, id) VALUES (?, ?)')
    this.#remove = db.prepare<[string, string]>('DELETE FROM watched WHERE connection = ? AND id = ?')
    this.reset()
  }

  /** Forgets what may have been rolled back. */
  reset(): void {
    this.#ids.clear()
    for (const { connection, id } of this.#all.iterate()) this.#keep(connection, id)
  }

  /** Ids followed on a connection, verbatim. */
  of(connection: string): string[] {
    return this.#of.all(connection)
  }

  /** Whether any of these names is followed. */
  has(connection: string, aliases: readonly Alias[]): boolean {
    const ids = this.#ids.get(connection)
    return ids !== undefined && aliases.some(({ value }) => ids.has(comparableId(value)))
  }

  /** Follows an id, unless one that compares equal is followed already. */
  add(connection: string, id: string): void {
    if (this.#ids.get(connection)?.has(comparableId(id)) === true) return
    this.#add.run(connection, id)
    this.#keep(connection, id)
  }

  /** Follows none of these names any more. */
  remove(connection: string, names: readonly string[]): void {
    const comparable = new Set(names.map(comparableId))
    for (const id of this.of(connection)) {
      if (comparable.has(comparableId(id))) this.#remove.run(connection, id)
    }
    this.reset()
  }

  #keep(connection: string, id: string): void {
    const ids = this.#ids.get(connection) ?? new Set()
    ids.add(comparableId(id))
    this.#ids.set(connection, ids)
  }
}
