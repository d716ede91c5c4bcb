import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Failure } from '../../shared/api/failure.ts'
import { nameLedger } from './actions/ledgerId.ts'
import { APPLICATION_ID, buildDatabase } from './build.ts'
import { isDamage } from './damage.ts'
import { bytesOf, databaseFile, logFile } from './files.ts'
import { Meta } from './meta.ts'
import { backUp, migrate, schemaOf } from './migrations/migrate.ts'
import { MIGRATIONS } from './migrations/migrations.ts'
import { breakSeal, seal } from './seal.ts'

/** An open connection to the console's database. */
export type Db = Database.Database

/** 64 MiB, in KiB as SQLite wants it (negative): the hot ends of all indexes at a million intents. */
const CACHE_KIB = -65_536

/** A reader or a checkpoint holds a lock for moments only; longer means trouble, milliseconds. */
const BUSY_TIMEOUT_MS = 5_000

/**
 * Opens the database for its one writer; makes it when there is none, and migrates an older one after copying it into
 * `backups`. What is there must have been examined. Fails with `disk`.
 */
export function openForWriting(dataDir: string, nowMs: number): Db {
  const file = databaseFile(dataDir)
  if (!existsSync(file)) {
    buildDatabase(file, migrate, (draft) => {
      seal(dataDir, draft)
    })
  }
  checkHeader(file)
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    checkSchema(db, file)
    db.pragma('journal_mode = WAL')
    // Every acknowledged event is on disk, power loss included. Must be said after the switch to WAL and on every open:
    // better-sqlite3 is built to fall to NORMAL there, which syncs only at checkpoints.
    db.pragma('synchronous = FULL')
    // Checkpoints stall; `walKeeper.ts` runs them when nobody waits.
    db.pragma('wal_autocheckpoint = 0')
    db.pragma('foreign_keys = ON')
    configure(db)
    if (schemaOf(db) < MIGRATIONS.length) {
      backUp(db, dataDir, nowMs)
      migrate(db)
    }
    // The first thing in every log: whose it is. From here on the database is no more what the seal says.
    db.exec('UPDATE openings SET count = count + 1')
    breakSeal(dataDir)
    nameLedger(db)
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
    if (checkSchema(db, file) < MIGRATIONS.length) {
      throw new Failure('disk', `The data in ${dataDir} is of an older console and not migrated yet.`, {
        tip: 'Start the console on this folder once; it migrates the data.',
        facts: { dataDir, schema: schemaOf(db) },
      })
    }
    refuseStale(db, dataDir)
    configure(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Nobody reads conclusions while they are made anew, nor after a crash within that. */
function refuseStale(db: Db, dataDir: string): void {
  if (new Meta(db).get('isStale') === 0) return
  throw new Failure('disk', `Everything concluded from the journal in ${dataDir} is being made anew.`, {
    tip: 'Wait for the console that does so; if none runs, start one on this folder.',
    facts: { dataDir },
    isRetryable: true,
  })
}

/** Why a file cannot be a database of this console, from its first bytes; null when it can be one. */
export function headerComplaint(file: string): string | null {
  // SQLite itself would take an empty file for a new database.
  if (statSync(file).size === 0) return 'is empty'
  const header = headerOf(file)
  const isOurs =
    header.toString('latin1', 0, 16) === 'SQLite format 3\0' && header.readUInt32BE(68) === APPLICATION_ID
  return isOurs ? null : 'is not a database of this console'
}

/** The schema of a database in whose log there is nothing. */
export function headerSchema(file: string): number {
  return headerOf(file).readUInt32BE(60)
}

function headerOf(file: string): Buffer {
  const header = Buffer.alloc(72)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, header, 0, header.length, 0)
  } finally {
    closeSync(handle)
  }
  return header
}

/** Fails with `disk` when a newer console wrote the database: nobody but that console may touch it. */
export function refuseNewer(dataDir: string): void {
  const file = databaseFile(dataDir)
  const schema = bytesOf(logFile(dataDir)) === 0 ? headerSchema(file) : loggedSchema(file)
  if (schema > MIGRATIONS.length) throw unknownSchema(file, schema)
}

/** The schema as the log has it; 0 when it cannot be read. */
function loggedSchema(file: string): number {
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS, readonly: true })
  try {
    return schemaOf(db)
  } catch (error) {
    if (isDamage(error)) return 0
    throw error
  } finally {
    db.close()
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

function checkHeader(file: string): void {
  const complaint = headerComplaint(file)
  if (complaint === null) return
  throw new Failure('disk', `${file} ${complaint}.`, {
    tip: 'Start the console on this folder: it moves the file aside and begins anew. Or give another folder with --data.',
    facts: { file },
  })
}

/** The schema of the database; fails with `disk` when this console does not know it. */
function checkSchema(db: Db, file: string): number {
  const schema = schemaOf(db)
  if (schema >= 1 && schema <= MIGRATIONS.length) return schema
  throw unknownSchema(file, schema)
}

function unknownSchema(file: string, schema: number): Failure {
  return new Failure(
    'disk',
    `${file} has schema ${schema}; this console knows 1 to ${MIGRATIONS.length}. It was left as it is.`,
    {
      tip: 'Use the newer console that wrote it, or give another folder with --data.',
      facts: { file, schema, known: MIGRATIONS.length },
    },
  )
}
