import { mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../../shared/api/failure.ts'
import type { Db } from '../database.ts'
import { syncPath } from '../files.ts'
import { fileTime } from '../fileTime.ts'
import { MIGRATIONS } from './migrations.ts'

/** Which schema a database has: the number of migrations that were run on it. */
export function schemaOf(db: Db): number {
  return db.pragma('user_version', { simple: true }) as number
}

/** Runs the migrations that a database has not seen, all of them or none: it is of the old schema or of the new one. */
export function migrate(db: Db, migrations: readonly string[] = MIGRATIONS): void {
  const from = schemaOf(db)
  if (from >= migrations.length) return
  db.transaction(() => {
    for (const sql of migrations.slice(from)) db.exec(sql)
    db.pragma(`user_version = ${migrations.length}`)
  }).immediate()
}

/**
 * Copies a database whole into the folder `backups` beside it; answers the copy's file, which is complete and on disk.
 * Fails with `disk` when there is no room for it.
 */
export function backUp(db: Db, dataDir: string, nowMs: number): string {
  const folder = join(dataDir, 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const bytes = (db.pragma('page_count', { simple: true }) as number) * pageBytes(db)
  const { bavail, bsize } = statfsSync(folder)
  // Twice: once for the copy, once for the migration itself, which writes anew what it changes.
  if (bavail * bsize < 2 * bytes) {
    throw new Failure(
      'disk',
      `There is no room for a copy of the data before it is migrated (${bytes} bytes).`,
      {
        tip: 'Free space on the disk of the data folder and start again; nothing was changed.',
        facts: { bytes },
        isRetryable: true,
      },
    )
  }
  const file = join(folder, `console-schema-${schemaOf(db)}-${fileTime(nowMs)}.db`)
  const draft = `${file}.draft`
  rmSync(draft, { force: true })
  db.prepare('VACUUM INTO ?').run(draft)
  syncPath(draft)
  renameSync(draft, file)
  syncPath(folder)
  return file
}

function pageBytes(db: Db): number {
  return db.pragma('page_size', { simple: true }) as number
}
