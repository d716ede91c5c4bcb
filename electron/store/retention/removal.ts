import type { Db } from '../database.ts'

/** What leaves the store in one transaction: whole intents with all their events, and events that tell of none. */
export interface Removal {
  intents: readonly number[]
  /** In the order of the journal. */
  seqs: readonly number[]
  nowMs: number
}

/** Takes events out of the journal so that the rest can still be verified. To be used within a transaction of the caller. */
export class RemovedRows {
  readonly #chain
  readonly #run
  readonly #connection
  readonly #deletions
  readonly #count

  constructor(db: Db) {
    this.#chain = db.prepare<[number], Buffer>('SELECT chain FROM raw_events WHERE seq = ?').pluck()
    this.#run = db.prepare<[number, number, Buffer, number]>(
      `INSERT INTO removed_runs VALUES (?, ?, 'retained', ?, ?)`,
    )
    this.#connection = db
      .prepare<[number], string>(
        'SELECT c.name FROM raw_events e JOIN connections c ON c.id = e.connection WHERE e.seq = ?',
      )
      .pluck()
    this.#deletions = ['repeats', 'samples', 'quarantine', 'connection_log', 'raw_events'].map((table) =>
      db.prepare<{ seq: number }>(deletionFrom(table)),
    )
    this.#count = db.prepare<[number, string, string]>(
      `INSERT INTO removed_intents VALUES (?, ?, ?, 1)
       ON CONFLICT (connection, system, phase) DO UPDATE SET count = count + 1`,
    )
  }

  /** Deletes events, each run of neighbours written down before; answers how many they were by connection. */
  delete(seqs: readonly number[], nowMs: number): Map<string, number> {
    const byConnection = new Map<string, number>()
    for (const [first, last] of runsOf(seqs)) {
      const chain = this.#chain.get(last)
      if (chain === undefined) throw new RangeError(`Event ${last} is not there to be removed.`)
      this.#run.run(first, last, chain, nowMs)
    }
    for (const seq of seqs) {
      const connection = this.#connection.get(seq) ?? ''
      byConnection.set(connection, (byConnection.get(connection) ?? 0) + 1)
      for (const deletion of this.#deletions) deletion.run({ seq })
    }
    return byConnection
  }

  /** Counts an intent that is gone under the phase in which it ended. */
  countIntent(connection: number, system: string, phase: string): void {
    this.#count.run(connection, system, phase)
  }
}

/** By the primary key where it begins with the number, else by the connection of the event. */
function deletionFrom(table: string): string {
  if (table === 'quarantine' || table === 'connection_log') {
    return `DELETE FROM ${table} WHERE seq = @seq AND connection = (SELECT connection FROM raw_events WHERE seq = @seq)`
  }
  return `DELETE FROM ${table} WHERE seq = @seq`
}

/** Neighbouring numbers as first and last. */
function runsOf(seqs: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = []
  for (const seq of seqs) {
    const run = runs.at(-1)
    if (run !== undefined && run[1] === seq - 1) run[1] = seq
    else runs.push([seq, seq])
  }
  return runs
}
