import type { Db } from './database.ts'

/** Moving less than this into the database is not worth its sync: 8 MiB. */
const WORTH_BYTES = 8 * 2 ** 20

/** A log longer than this no longer waits for a pause: 32 MiB are moved in some 100 ms, and read as fast at the next start. */
export const LONGEST_LOG_BYTES = 32 * 2 ** 20

/** What a long log waits for its readers, milliseconds: most are done by then, and an ingest hardly feels it. */
const PATIENCE_MS = 50

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
  readonly #patienceMs
  /** Length at which beginning the log anew was last tried; 0 when it is another log since. */
  #triedBytes = 0

  constructor(db: Db, patienceMs = PATIENCE_MS) {
    this.#db = db
    this.#patienceMs = patienceMs
    this.#pageBytes = db.pragma('page_size', { simple: true }) as number
    // A log that one large transaction made longer gives its room back when it is begun anew.
    db.pragma(`journal_size_limit = ${LONGEST_LOG_BYTES}`)
  }

  /**
   * Whether the log is so long that it is to be moved before the next pause. While a reader keeps it, only once more
   * every 8 MiB: each attempt may cost its whole patience.
   */
  isPressing(): boolean {
    const bytes = this.#ask('NOOP').log * this.#pageBytes
    if (bytes < this.#triedBytes) this.#triedBytes = 0
    return bytes > LONGEST_LOG_BYTES && bytes >= this.#triedBytes + WORTH_BYTES
  }

  /** Moves what was logged into the database; false when there was too little to move. Waits for readers of a long log only. */
  checkpoint(): boolean {
    const isPressing = this.isPressing()
    const { log, checkpointed } = this.#ask('NOOP')
    if (!isPressing && (log - checkpointed) * this.#pageBytes < WORTH_BYTES) return false
    const after = this.#ask('PASSIVE')
    if (isPressing) this.#beginAnew()
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
    return this.#patiently(0, () => this.#ask('TRUNCATE').busy === 0)
  }

  /**
   * Lets the next commit write to the log from its start. SQLite does so by itself unless somebody reads at that moment;
   * where readers follow each other closely, only waiting for those that are there ends it.
   */
  #beginAnew(): void {
    const { log } = this.#patiently(this.#patienceMs, () => this.#ask('RESTART'))
    this.#triedBytes = log * this.#pageBytes
  }

  #patiently<Answer>(patienceMs: number, work: () => Answer): Answer {
    const usualMs = this.#db.pragma('busy_timeout', { simple: true }) as number
    this.#db.pragma(`busy_timeout = ${patienceMs}`)
    try {
      return work()
    } finally {
      this.#db.pragma(`busy_timeout = ${usualMs}`)
    }
  }

  #ask(mode: 'NOOP' | 'PASSIVE' | 'RESTART' | 'TRUNCATE'): Progress {
    const [progress] = this.#db.pragma(`wal_checkpoint(${mode})`) as Progress[]
    return progress ?? { busy: 0, log: 0, checkpointed: 0 }
  }
}
