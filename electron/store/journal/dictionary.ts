import type { Db } from '../database.ts'
import { Lru } from '../lru.ts'

/** A hostile peer may invent event names without end; this many are kept at hand, the others looked up. */
const KEPT = 10_000

/** Connections and kinds of event under small integers. */
export class Dictionary {
  readonly #connections = new Lru<string, number>(KEPT)
  readonly #kinds = new Lru<string, number>(KEPT)
  readonly #findConnection
  readonly #addConnection
  readonly #findKind
  readonly #addKind

  constructor(db: Db) {
    this.#findConnection = db.prepare<[string], number>('SELECT id FROM connections WHERE name = ?').pluck()
    this.#addConnection = db.prepare<[string]>('INSERT INTO connections (name) VALUES (?)')
    this.#findKind = db
      .prepare<[string, string], number>('SELECT id FROM kinds WHERE system = ? AND name = ?')
      .pluck()
    this.#addKind = db.prepare<[string, string]>('INSERT INTO kinds (system, name) VALUES (?, ?)')
  }

  /** The integer of a connection, made when it is new. */
  connection(name: string): number {
    const id = this.knownConnection(name) ?? Number(this.#addConnection.run(name).lastInsertRowid)
    this.#connections.set(name, id)
    return id
  }

  /** The integer of a connection; null when nothing of it was ever journaled. */
  knownConnection(name: string): number | null {
    return this.#connections.get(name) ?? this.#findConnection.get(name) ?? null
  }

  /** The integer of a system's kind of event, made when it is new. */
  kind(system: string, name: string): number {
    const label = `${system}\n${name}`
    const id =
      this.#kinds.get(label) ??
      this.#findKind.get(system, name) ??
      Number(this.#addKind.run(system, name).lastInsertRowid)
    this.#kinds.set(label, id)
    return id
  }

  /** Forgets what may have been rolled back. */
  reset(): void {
    this.#connections.clear()
    this.#kinds.clear()
  }
}
