import type { Db } from './database.ts'

/** Moving less than this into the database is not worth its sync: 8 MiB. */
const WORTH_BYTES = 8 * 2 ** 20

/** What `wal_checkpoint` answers; pages. */
interface Progress {
  /** 1 when somebody else kept it from finishing. */
  busy: number
  log: number
  checkpointed: number
}

/** Keeps the write-ahead log short. SQLite itself would do so within a commit, where somebody waits for it. */
export class WalKeeper {
  readonly #db
  readonly #pageBytes

  constructor(db: Db) {
    this.#db = db
    this.#pageBytes = db.pragma('page_size', { simple: true }) as number
  }

  /** Moves what was logged into the database, waiting for no reader; false when there was too little to move. */
  checkpoint(): boolean {
    const { log, checkpointed } = this.#ask('NOOP')
    if ((log - checkpointed) * this.#pageBytes < WORTH_BYTES) return false
    const after = this.#ask('PASSIVE')
    return after.checkpointed > checkpointed
  }

  /** Bytes that are logged and not yet in the database. */
  pendingBytes(): number {
    const { log, checkpointed } = this.#ask('NOOP')
    return Math.max(0, log - checkpointed) * this.#pageBytes
  }

  /** Moves everything into the database and gives the log's room back; false when a reader still needs it. */
  drain(): boolean {
    const { log, checkpointed } = this.#ask('PASSIVE')
    if (log !== checkpointed) return false
    const patienceMs = this.#db.pragma('busy_timeout', { simple: true }) as number
    this.#db.pragma('busy_timeout = 0')
    try {
      return this.#ask('TRUNCATE').busy === 0
    } finally {
      this.#db.pragma(`busy_timeout = ${patienceMs}`)
    }
  }

  #ask(mode: 'NOOP' | 'PASSIVE' | 'TRUNCATE'): Progress {
    const [progress] = this.#db.pragma(`wal_checkpoint(${mode})`) as Progress[]
    return progress ?? { busy: 0, log: 0, checkpointed: 0 }
  }
}
