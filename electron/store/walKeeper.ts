import type { Db } from './database.ts'

/** Moving less than this into the database is not worth its sync: 8 MiB. */
const WORTH_BYTES = 8 * 2 ** 20

/** What `wal_checkpoint` answers; pages. */
interface Progress {
  log: number
  checkpointed: number
}

/** Keeps the write-ahead log short. SQLite itself would do so within a commit, where somebody waits for it. */
export class WalKeeper {
  readonly #db
  readonly #worthPages

  constructor(db: Db) {
    this.#db = db
    this.#worthPages = WORTH_BYTES / (db.pragma('page_size', { simple: true }) as number)
  }

  /** Moves what was logged into the database, waiting for no reader; false when there was too little to move. */
  checkpoint(): boolean {
    const { log, checkpointed } = this.#ask('NOOP')
    if (log - checkpointed < this.#worthPages) return false
    const after = this.#ask('PASSIVE')
    return after.checkpointed > checkpointed
  }

  #ask(mode: 'NOOP' | 'PASSIVE'): Progress {
    const [progress] = this.#db.pragma(`wal_checkpoint(${mode})`) as Progress[]
    return progress ?? { log: 0, checkpointed: 0 }
  }
}
