import { appendFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createDataDir } from './dataDir.ts'

/** Size at which a log file is put aside, bytes: opens at once in any editor. */
const LARGEST_LOG_BYTES = 5 * 1024 * 1024

/** Older files kept beside the one in use. */
const LOGS_KEPT = 3

/** A file that lines are added to. */
export interface LogFile {
  /** Throws when the disk refuses. */
  write: (line: string) => void
}

/**
 * The log in `<dataDir>/logs`; when it grows large it becomes `console.log.1`, and the oldest goes. Fails with `disk` when
 * the folder cannot be made.
 */
export function openLogFile(dataDir: string, largestBytes: number = LARGEST_LOG_BYTES): LogFile {
  const folder = join(dataDir, 'logs')
  const file = join(folder, 'console.log')
  createDataDir(folder)
  let bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0

  return {
    // Written at once: the last lines before a crash are the ones that are needed.
    write: (line) => {
      if (bytes >= largestBytes) {
        putAside(file)
        bytes = 0
      }
      appendFileSync(file, `${line}\n`, { mode: 0o600 })
      bytes += Buffer.byteLength(line) + 1
    },
  }
}

function putAside(file: string): void {
  for (let age = LOGS_KEPT; age >= 1; age -= 1) {
    const from = age === 1 ? file : `${file}.${String(age - 1)}`
    if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${file}.${String(age)}`)
  }
}
