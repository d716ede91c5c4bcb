import Database from 'better-sqlite3'
import { Failure } from '../../shared/api/failure.ts'

/** Something in the store is not as the store wrote it. */
export class Damage extends Failure {
  constructor(message: string, facts: Record<string, string | number | null> = {}) {
    super('disk', message, {
      tip: 'The console moves the damaged store aside and keeps what can be read; see the folder “quarantine” in its data.',
      facts,
      isRetryable: true,
    })
  }
}

/** Whether an error says that the store on disk is broken, which no repetition mends. */
export function isDamage(error: unknown): boolean {
  if (error instanceof Damage) return true
  if (!(error instanceof Database.SqliteError)) return false
  return error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB'
}
