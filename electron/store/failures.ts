import Database from 'better-sqlite3'
import { Failure } from '../../shared/api/failure.ts'

/** Any error of the database thread as a failure: what SQLite or the file system refuses is `disk`, the rest a defect. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof Database.SqliteError) return diskFailure(error.code, error.message)
  if (error instanceof Error && 'syscall' in error && 'code' in error) {
    return diskFailure(String(error.code), error.message)
  }
  const message = error instanceof Error ? error.message : String(error)
  return new Failure('internal', `The store failed: ${message}`, {
    tip: 'This is a defect of the console; the journal is as it was before the call.',
  })
}

function diskFailure(code: string, message: string): Failure {
  const isFull = code.startsWith('SQLITE_FULL') || code === 'ENOSPC'
  return new Failure('disk', `The store cannot use its disk: ${message} (${code}).`, {
    tip: isFull
      ? 'Free space on the disk of the data folder; nothing acknowledged is lost.'
      : 'Check the disk and the rights of the data folder; nothing acknowledged is lost.',
    facts: { code },
    isRetryable: true,
  })
}
