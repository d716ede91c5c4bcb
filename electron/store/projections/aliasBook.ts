import { comparableId } from '../../../shared/intent/ids.ts'
import type { Alias } from '../../../shared/intent/ids.ts'
import type { Db } from '../database.ts'

/** Which intent a name on a connection means. */
export class AliasBook {
  readonly #find
  readonly #add
  readonly #move
  readonly #remove

  constructor(db: Db) {
    this.#find = db
      .prepare<[string, number], number>('SELECT intent FROM aliases WHERE value = ? AND connection = ?')
      .pluck()
    this.#add = db.prepare<[string, number, string, number]>(
      'INSERT OR IGNORE INTO aliases VALUES (?, ?, ?, ?)',
    )
    this.#remove = db.prepare<[number]>('DELETE FROM aliases WHERE intent = ?')
    this.#move = db.prepare<[number, number]>('UPDATE aliases SET intent = ? WHERE intent = ?')
  }

  /** The intents that these names mean so far, oldest first, and the names that mean none yet. */
  resolve(connection: number, aliases: readonly Alias[]): { intents: number[]; unknown: Alias[] } {
    const intents = new Set<number>()
    const unknown: Alias[] = []
    for (const alias of aliases) {
      const intent = this.#find.get(comparableId(alias.value), connection)
      if (intent === undefined) unknown.push(alias)
      else intents.add(intent)
    }
    return { intents: [...intents].sort((a, b) => a - b), unknown }
  }

  /** The intent that an id means; null when it means none. */
  intentOf(connection: number, id: string): number | null {
    return this.#find.get(comparableId(id), connection) ?? null
  }

  /** Gives an intent names that no other one of its connection has. */
  add(connection: number, aliases: readonly Alias[], intent: number): void {
    for (const { kind, value } of aliases) this.#add.run(comparableId(value), connection, kind, intent)
  }

  /** Takes all names of an intent away. */
  remove(intent: number): void {
    this.#remove.run(intent)
  }

  /** Gives all names of one intent to another. */
  move(from: number, to: number): void {
    this.#move.run(to, from)
  }
}
