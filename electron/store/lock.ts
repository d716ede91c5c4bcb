import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Failure } from '../../shared/api/failure.ts'

/** Who writes to a data folder. */
interface Holder {
  pid: number
  host: string
  sinceMs: number
}

/** The right to write to one data folder. It ends with `release`, and with the process however that ends. */
export interface FolderLock {
  release: () => void
}

/**
 * Takes the lock of a data folder; fails with `held` and who holds it.
 * The lock itself is SQLite's own file lock on a file beside the data, which the operating system drops with the process.
 * Who holds it stands in a second file, since opening and closing the first one here would drop the lock under POSIX.
 */
export function lockFolder(dataDir: string, sinceMs: number): FolderLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const holderFile = join(dataDir, 'console.lock.json')
  const lock = new Database(join(dataDir, 'console.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (isBusy(error)) throw heldBy(readHolder(holderFile), dataDir)
    throw error
  }
  const holder: Holder = { pid: process.pid, host: hostname(), sinceMs }
  writeFileSync(holderFile, `${JSON.stringify(holder)}\n`, { mode: 0o600 })
  return {
    release: () => {
      lock.close()
    },
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** Null when the file is not there or torn: the lock stands all the same, we only cannot say whose it is. */
function readHolder(file: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder> | null
    const { pid, host, sinceMs } = holder ?? {}
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof sinceMs !== 'number') return null
    return { pid, host, sinceMs }
  } catch {
    return null
  }
}

function heldBy(holder: Holder | null, dataDir: string): Failure {
  const who =
    holder === null
      ? 'another process'
      : `process ${holder.pid} on ${holder.host}, since ${new Date(holder.sinceMs).toISOString()}`
  return new Failure('held', `The data folder ${dataDir} is in use by ${who}.`, {
    tip: 'Close that console, or give this one another folder with --data.',
    facts: {
      dataDir,
      pid: holder?.pid ?? null,
      host: holder?.host ?? null,
      sinceMs: holder?.sinceMs ?? null,
    },
  })
}
