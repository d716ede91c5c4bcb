import { closeSync, fsyncSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** File of the database in a data folder. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'console.db')
}

/** Its write-ahead log: what is acknowledged and not moved into the database yet. */
export function logFile(dataDir: string): string {
  return `${databaseFile(dataDir)}-wal`
}

/** Bytes of a file; 0 when there is none. */
export function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** Puts a file, or what a folder lists, on disk for good. Windows has no such call for folders and needs none. */
export function syncPath(path: string): void {
  if (process.platform === 'win32' && statSync(path).isDirectory()) return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
