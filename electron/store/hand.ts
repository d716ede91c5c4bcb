import type { Db } from './database.ts'
import type { FolderLock } from './lock.ts'
import { bytesOf, logFile } from './files.ts'
import { Patrol } from './recovery/patrol.ts'
import type { Examined } from './recovery/openExamined.ts'
import type { Register } from './register.ts'
import { Retention } from './retention/retention.ts'
import { Room } from './room.ts'
import { seal } from './seal.ts'
import { SettingRows } from './settings.ts'
import { TextIndex } from './textIndex.ts'
import { WalKeeper } from './walKeeper.ts'
import { Writer } from './writer.ts'

/** Whose hand it is. */
export interface HandOptions extends Examined {
  dataDir: string
  lock: FolderLock
  register: Register
}

/** What only the one writer of a data folder has. */
export class Hand {
  readonly lock: FolderLock
  readonly writer: Writer
  readonly room: Room
  readonly #dataDir: string
  readonly #db: Db
  readonly #wal: WalKeeper
  readonly #patrol: Patrol | null
  readonly #textIndex: TextIndex
  readonly #retention: Retention

  constructor({ db, isUnproven, dataDir, lock, register }: HandOptions) {
    const settings = new SettingRows(db)
    this.lock = lock
    this.#dataDir = dataDir
    this.#db = db
    this.#wal = new WalKeeper(db)
    this.room = new Room(dataDir, this.#wal)
    this.writer = new Writer(db, register)
    this.#patrol = isUnproven ? new Patrol(db) : null
    this.#textIndex = new TextIndex(db)
    this.#retention = new Retention({ db, register, writer: this.writer, settings: () => settings.read() })
  }

  /** Does a slice of what can wait; false when nothing is left to do. What writes waits for room on the disk. */
  idle(nowMs: number): boolean {
    if (this.#wal.checkpoint() || this.#patrol?.advance() === true) return true
    return this.room.isThere() && (this.#textIndex.advance() || this.#retention.advance(nowMs))
  }

  /** Whether `idle` is to be called before the next pause. */
  isPressing(): boolean {
    return this.#wal.isPressing()
  }

  /** Closes the database; one that can be trusted is sealed, so that a change behind our back shows. */
  close(isTrusted: boolean): void {
    const isDrained = isTrusted && this.#isDrained()
    if (isDrained) seal(this.#dataDir)
    this.#db.close()
    // A reader kept the log, and let go of it just now.
    if (isTrusted && !isDrained && bytesOf(logFile(this.#dataDir)) === 0) seal(this.#dataDir)
  }

  /** A disk that refuses even this leaves the log as it is; the next opening reads it. */
  #isDrained(): boolean {
    try {
      return this.#wal.drain()
    } catch {
      return false
    }
  }
}
