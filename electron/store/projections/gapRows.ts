import type { ConsoleEvents } from '../../../shared/log/consoleEvent.ts'
import type { Db } from '../database.ts'

/** Writes the stretches of time in which a connection was not heard. */
export class GapRows {
  readonly #openId
  readonly #open
  readonly #close
  readonly #whole
  readonly #repair

  constructor(db: Db) {
    this.#openId = db
      .prepare<[number], number>(
        'SELECT id FROM gaps WHERE connection = ? AND until_ms IS NULL ORDER BY id DESC LIMIT 1',
      )
      .pluck()
    this.#open = db.prepare<[number, number, number, string, number]>(
      'INSERT INTO gaps (connection, opened_seq, from_ms, reason, version) VALUES (?, ?, ?, ?, ?)',
    )
    this.#close = db.prepare<[number, number, number, number]>(
      'UPDATE gaps SET until_ms = ?, is_recovered = ?, version = ? WHERE id = ?',
    )
    this.#whole = db.prepare<[number, number, number, number, number]>(
      `INSERT INTO gaps (connection, opened_seq, from_ms, until_ms, reason, version)
       VALUES (?, ?, ?, ?, 'not heard', ?)`,
    )
    this.#repair = db.prepare<[number, number, number, number, number, number]>(
      `UPDATE gaps SET repaired_at_ms = ?, repaired_count = ?, repair_failed_count = ?, version = ?
       WHERE connection = ? AND from_ms = ? AND is_recovered = 0`,
    )
  }

  /** Begins a gap, unless one is open. */
  open(place: { connection: number; seq: number; version: number }, said: ConsoleEvents['gapOpened']): void {
    if (this.#openId.get(place.connection) !== undefined) return
    this.#open.run(place.connection, place.seq, said.fromMs, said.reason, place.version)
  }

  /** Ends the open gap. One that nobody opened is written whole: its bounds are known all the same. */
  close(place: { connection: number; seq: number; version: number }, said: ConsoleEvents['gapClosed']): void {
    const id = this.#openId.get(place.connection)
    if (id !== undefined) {
      this.#close.run(said.untilMs, Number(said.isRecovered), place.version, id)
    } else if (!said.isRecovered) {
      this.#whole.run(place.connection, place.seq, said.fromMs, said.untilMs, place.version)
    }
  }

  /** Notes that everything open was read again after a gap. */
  repair(place: { connection: number; version: number }, said: ConsoleEvents['gapRepaired']): void {
    this.#repair.run(
      said.atMs,
      said.readCount,
      said.failedCount,
      place.version,
      place.connection,
      said.fromMs,
    )
  }
}
