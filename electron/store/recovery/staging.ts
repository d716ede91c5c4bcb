import type { Db } from '../database.ts'
import type { EventRow } from '../journal/rows.ts'
import type { Find, Wreck } from './wreck.ts'

const COLUMNS = 'seq, connection, system, kind, origin, receivedAtMs, isSample, payload, damage, checksum'

/** Where what several wrecks of one store still tell is put together, by number. */
export class Staging {
  readonly #db
  readonly #add
  readonly #checksum
  readonly #next

  constructor(db: Db) {
    this.#db = db
    db.exec(`CREATE TABLE salvaged (seq INTEGER PRIMARY KEY, connection, system, kind, origin, receivedAtMs, isSample,
      payload, damage, checksum)`)
    this.#add = db.prepare<EventRow>(
      `INSERT INTO salvaged (${COLUMNS}) VALUES (${COLUMNS.replaceAll(/\w+/g, '@$&')})`,
    )
    this.#checksum = db.prepare<[number], number>('SELECT checksum FROM salvaged WHERE seq = ?').pluck()
    this.#next = db.prepare<[number], EventRow>(`SELECT ${COLUMNS} FROM salvaged WHERE seq > ? LIMIT 1`)
  }

  /** Takes every event in. */
  takeAll(wreck: Wreck): void {
    for (const { row } of wreck.events()) this.#add.run(row)
  }

  /** Takes in what is missing, where the chain leads there from an event that is here already. */
  takeLinked(wreck: Wreck): void {
    let isOurs = false
    for (const find of wreck.events()) isOurs = this.#takeLinked(find, isOurs)
  }

  /** Everything taken in, in the order of the numbers. */
  *rows(): Generator<EventRow> {
    for (let row = this.#next.get(0); row !== undefined; row = this.#next.get(row.seq)) yield row
  }

  /** Takes the table away again. */
  drop(): void {
    this.#db.exec('DROP TABLE salvaged')
  }

  /** Whether the event is one of ours, the one before being so or not. */
  #takeLinked({ row, isLinked }: Find, isBeforeOurs: boolean): boolean {
    const kept = this.#checksum.get(row.seq)
    if (kept !== undefined) return kept === row.checksum
    if (!isLinked || !isBeforeOurs) return false
    this.#add.run(row)
    return true
  }
}
