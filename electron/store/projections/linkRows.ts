import type { DriftFact, QuarantineFact, SampleFact } from '../../../shared/intent/fact.ts'
import type { JournaledEvent } from '../../../shared/log/rawEvent.ts'
import type { Db } from '../database.ts'

/** Where a fact about a connection stands. */
export interface LinkPlace {
  event: JournaledEvent
  ordinal: number
  connection: number
}

/** Different drifts kept per connection: a peer that invents names without end must not fill the disk. */
const DRIFTS_KEPT = 1_000

/** Longest name of a drift that is kept, characters; the whole stands in the journal. */
const LONGEST_NAME = 200

/** Under this name everything beyond `DRIFTS_KEPT` is counted. */
const OTHERS = '(others)'

/** Writes what is known of a connection besides its intents: series, drift, quarantine, log. */
export class LinkRows {
  readonly #sample
  readonly #driftCount
  readonly #knownDrift
  readonly #drift
  readonly #quarantine
  readonly #drop
  readonly #log

  constructor(db: Db) {
    this.#sample = db.prepare<[number, number, number, string, number, string, string]>(
      'INSERT INTO samples VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    this.#driftCount = db.prepare<[number], number>('SELECT count(*) FROM drift WHERE connection = ?').pluck()
    this.#knownDrift = db
      .prepare<[number, string, string, string], number>(
        'SELECT 1 FROM drift WHERE connection = ? AND kind = ? AND place = ? AND what = ?',
      )
      .pluck()
    this.#drift = db.prepare<[number, string, string, string, number, number, number]>(
      `INSERT INTO drift VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (connection, kind, place, what) DO UPDATE SET count = count + excluded.count,
         first_at_ms = min(first_at_ms, excluded.first_at_ms), last_at_ms = max(last_at_ms, excluded.last_at_ms)`,
    )
    this.#quarantine = db.prepare<[number, number, number, number, string, string]>(
      `INSERT INTO quarantine (seq, ordinal, connection, received_at_ms, path, reason) VALUES (?, ?, ?, ?, ?, ?)`,
    )
    this.#drop = db.prepare<[number, string, number]>(
      'INSERT INTO drops VALUES (?, ?, ?) ON CONFLICT (connection, kind) DO UPDATE SET count = count + excluded.count',
    )
    this.#log = db.prepare<[number, number, number, number, string, string]>(
      'INSERT INTO connection_log (seq, ordinal, connection, at_ms, kind, text) VALUES (?, ?, ?, ?, ?, ?)',
    )
  }

  /** Keeps a reading of a series beside our own counts at that moment. */
  sample({ event, ordinal, connection }: LinkPlace, fact: SampleFact, ours: Record<string, number>): void {
    const atMs = fact.atMs ?? event.receivedAtMs
    const [system, own] = [JSON.stringify(fact.values), JSON.stringify(ours)]
    this.#sample.run(event.seq, ordinal, connection, fact.series, atMs, system, own)
  }

  /** Counts something outside the contract. */
  drift({ event, connection }: LinkPlace, fact: DriftFact): void {
    const [where, what] = [fact.where.slice(0, LONGEST_NAME), fact.what.slice(0, LONGEST_NAME)]
    const isKept =
      this.#knownDrift.get(connection, fact.kind, where, what) !== undefined ||
      (this.#driftCount.get(connection) ?? 0) < DRIFTS_KEPT
    const atMs = event.receivedAtMs
    const [place, name] = isKept ? [where, what] : [OTHERS, OTHERS]
    this.#drift.run(connection, fact.kind, place, name, 1, atMs, atMs)
  }

  /** Notes a frame that could not be read. */
  quarantine({ event, ordinal, connection }: LinkPlace, fact: QuarantineFact): void {
    this.#quarantine.run(event.seq, ordinal, connection, event.receivedAtMs, fact.path, fact.reason)
  }

  /** Counts events that were not kept. */
  drop(connection: number, kind: string, count: number): void {
    this.#drop.run(connection, kind, count)
  }

  /** Adds a line to the connection's log. */
  log({ event, ordinal, connection }: LinkPlace, line: { atMs: number; kind: string; text: string }): void {
    this.#log.run(event.seq, ordinal, connection, line.atMs, line.kind, line.text)
  }
}
