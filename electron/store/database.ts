import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { Failure } from '../../shared/api/failure.ts'
import { MIGRATIONS } from './migrations/migrations.ts'

/** An open connection to the console's database. */
export type Db = Database.Database

/** Marks a SQLite file as ours: the letters ICON. */
const APPLICATION_ID = 0x49434f4e

/**
 * 8 KiB. Ids are hashes, so a batch touches a leaf of their indexes for nearly every event: with 16 KiB pages the log
 * takes a third more and the ingest of 200,000 new intents slows down. With 4 KiB a document fills a page alone.
 */
const PAGE_BYTES = 8_192

/** 64 MiB, in KiB as SQLite wants it (negative): the hot ends of all indexes at a million intents. */
const CACHE_KIB = -65_536

/** A reader or a checkpoint holds a lock for moments only; longer means trouble, milliseconds. */
const BUSY_TIMEOUT_MS = 5_000

/** File of the database in a data folder. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'console.db')
}

/** Opens the database for its one writer; makes it when there is none, and migrates an older one. Fails with `disk`. */
export function openForWriting(dataDir: string): Db {
  const file = databaseFile(dataDir)
  if (!existsSync(file)) createDatabase(file)
  checkHeader(file)
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    checkVersion(db, file)
    db.pragma('journal_mode = WAL')
    // Every acknowledged event is on disk, power loss included. Must be said after the switch to WAL and on every open:
    // better-sqlite3 is built to fall to NORMAL there, which syncs only at checkpoints.
    db.pragma('synchronous = FULL')
    // Checkpoints stall; `walKeeper.ts` runs them when nobody waits.
    db.pragma('wal_autocheckpoint = 0')
    db.pragma('foreign_keys = ON')
    configure(db)
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Opens the database for reading beside a writer or alone; fails with `not-found` when there is none. */
export function openForReading(dataDir: string): Db {
  const file = databaseFile(dataDir)
  if (!existsSync(file)) {
    throw new Failure('not-found', `There is no console data in ${dataDir}.`, {
      tip: 'Give the folder of a console that has run, with --data.',
      facts: { dataDir },
    })
  }
  checkHeader(file)
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS, readonly: true })
  try {
    if (checkVersion(db, file) < MIGRATIONS.length) {
      throw new Failure('disk', `The data in ${dataDir} is of an older console and not migrated yet.`, {
        tip: 'Start the console on this folder once; it migrates the data.',
        facts: { dataDir },
      })
    }
    configure(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function configure(db: Db): void {
  // A schema in a tampered file must not run functions of ours.
  db.pragma('trusted_schema = OFF')
  db.pragma(`cache_size = ${CACHE_KIB}`)
  // No memory mapping: a file cut short under a mapping kills the process instead of failing a read.
  db.pragma('mmap_size = 0')
  db.pragma('temp_store = MEMORY')
}

/** Builds a new database beside its place and moves it there, so that a crash half way leaves none rather than half a one. */
function createDatabase(file: string): void {
  const draft = `${file}.new`
  rmSync(draft, { force: true })
  rmSync(`${draft}-journal`, { force: true })
  const db = new Database(draft)
  try {
    db.pragma(`page_size = ${PAGE_BYTES}`)
    db.pragma(`application_id = ${APPLICATION_ID}`)
    migrate(db)
  } finally {
    db.close()
  }
  chmodSync(draft, 0o600)
  renameSync(draft, file)
  syncFolder(dirname(file))
}

/** A rename is on disk only when its folder is; Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function migrate(db: Db): void {
  const from = db.pragma('user_version', { simple: true }) as number
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < from) continue
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${index + 1}`)
    }).immediate()
  }
}

/** Looks at the bytes before SQLite does: it would take an empty file for a new database. */
function checkHeader(file: string): void {
  const header = Buffer.alloc(72)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, header, 0, header.length, 0)
  } finally {
    closeSync(handle)
  }
  const isOurs =
    header.toString('latin1', 0, 16) === 'SQLite format 3\0' && header.readUInt32BE(68) === APPLICATION_ID
  if (isOurs) return
  const what = statSync(file).size === 0 ? 'is empty' : 'is not a database of this console'
  throw new Failure('disk', `${file} ${what}; it was left as it is.`, {
    tip: 'Move it away and start again, or give another folder with --data.',
    facts: { file },
  })
}

/** The schema version; fails with `disk` when a newer console wrote it. */
function checkVersion(db: Db, file: string): number {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version >= 1 && version <= MIGRATIONS.length) return version
  throw new Failure(
    'disk',
    `${file} has schema ${version}; this console knows 1 to ${MIGRATIONS.length}. It was left as it is.`,
    {
      tip: 'Use the newer console that wrote it, or give another folder with --data.',
      facts: { file, schema: version, known: MIGRATIONS.length },
    },
  )
}
