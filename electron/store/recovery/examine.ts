import Database from 'better-sqlite3'
import { LedgerWalk } from '../actions/ledgerWalk.ts'
import { checkedText } from '../checkedText.ts'
import { isDamage } from '../damage.ts'
import type { Db } from '../database.ts'
import { JournalWalk } from '../journal/walk.ts'
import { Meta } from '../meta.ts'
import { MIGRATIONS } from '../migrations/migrations.ts'
import { migrate, schemaOf } from '../migrations/migrate.ts'

/**
 * What a store is good for. `sound` all that was looked at is as it was written · `stale` the journal is whole, some
 * conclusions are not · `broken` it must not be written to · `foreign-log` neither, since what lies beside it is the
 * write-ahead log of another store.
 */
export type Verdict = { state: 'sound' } | { state: 'stale' | 'broken' | 'foreign-log'; reason: string }

/** The first schema in which stores have an identity, removals, checksums of conclusions, and a seal when closed. */
export const CHECKED_SCHEMA = 4

/** The first schema with a ledger of actions. */
const LEDGER_SCHEMA = 5

/** Events or steps looked at in one go. */
const PAGE = 2_000

/** Newest events and steps that even the shortest look reads: what a crash can have touched last. */
const TAIL = 100

const SOUND: Verdict = { state: 'sound' }

/** Looks at a store: at `all` of it, or only at what a crash can have touched. Changes nothing. */
export function examine(file: string, depth: 'all' | 'tail'): Verdict {
  try {
    const db = new Database(file, { readonly: true })
    try {
      return depth === 'all' ? examineAll(db) : examineTail(db)
    } finally {
      db.close()
    }
  } catch (error) {
    if (error instanceof Database.SqliteError || isDamage(error)) return broken((error as Error).message)
    throw error
  }
}

/** Everything that must be right before anything else is asked. */
function examineFrame(db: Db): Verdict {
  const schema = schemaOf(db)
  if (schema < 1 || schema > MIGRATIONS.length) return broken(`It claims to have schema ${schema}.`)
  if (schema < CHECKED_SCHEMA) return SOUND
  if (schema === MIGRATIONS.length && schemaText(db) !== ownSchemaText()) {
    return broken('Its tables are not described as this console describes them.')
  }
  const stores = db.prepare('SELECT store FROM identity UNION SELECT store FROM openings').pluck().all()
  return stores.length === 1
    ? SOUND
    : { state: 'foreign-log', reason: 'The log beside it is that of another store.' }
}

/** How a database describes its tables, indexes and triggers, but for what SQLite and its text index add by themselves. */
function schemaText(db: Db): string {
  const rows = db
    .prepare<[], { name: string; sql: string | null }>('SELECT name, sql FROM sqlite_schema ORDER BY name')
    .all()
  return JSON.stringify(rows.filter(({ name }) => !name.startsWith('sqlite_') && !name.startsWith('search_')))
}

function ownSchemaText(): string {
  const db = new Database(':memory:')
  try {
    migrate(db)
    return schemaText(db)
  } finally {
    db.close()
  }
}

function examineTail(db: Db): Verdict {
  const frame = examineFrame(db)
  if (frame.state !== 'sound' || schemaOf(db) < CHECKED_SCHEMA) return frame
  const before = db
    .prepare<[number], number>('SELECT seq FROM raw_events ORDER BY seq DESC LIMIT 1 OFFSET ?')
    .pluck()
    .get(TAIL)
  const { problems } = new JournalWalk(db, before ?? 0).next(TAIL)
  if (problems[0] !== undefined) return broken(problems[0].what)
  const lastStep = new Meta(db).get('lastStep')
  return examineLedger(db, Math.max(0, lastStep - TAIL)) ?? SOUND
}

function examineAll(db: Db): Verdict {
  const frame = examineFrame(db)
  if (frame.state !== 'sound') return frame
  const [complaint] = db.pragma('integrity_check(1)') as { integrity_check: string }[]
  if (complaint?.integrity_check !== 'ok')
    return broken(complaint?.integrity_check ?? 'It cannot be checked.')
  if (schemaOf(db) < CHECKED_SCHEMA) return SOUND
  return examineJournal(db) ?? examineLedger(db, 0) ?? examineConclusions(db)
}

function examineJournal(db: Db): Verdict | null {
  const walk = new JournalWalk(db)
  for (;;) {
    const { problems, isEnd } = walk.next(PAGE)
    if (problems[0] !== undefined) return broken(problems[0].what)
    if (isEnd) return null
  }
}

/** The ledger from the step after `afterSeq` on. */
function examineLedger(db: Db, afterSeq: number): Verdict | null {
  if (schemaOf(db) < LEDGER_SCHEMA) return null
  const walk = new LedgerWalk(db, afterSeq)
  for (;;) {
    const { problems, isEnd } = walk.next(PAGE)
    if (problems[0] !== undefined) return broken(problems[0].what)
    if (isEnd) return null
  }
}

function examineConclusions(db: Db): Verdict {
  const tables = schemaOf(db) < LEDGER_SCHEMA ? ['documents'] : ['documents', 'actions']
  for (const table of tables) {
    for (const body of db.prepare<[], string>(`SELECT body FROM ${table}`).pluck().iterate()) {
      try {
        checkedText(body)
      } catch (error) {
        if (isDamage(error)) return { state: 'stale', reason: (error as Error).message }
        throw error
      }
    }
  }
  return SOUND
}

function broken(reason: string): Verdict {
  return { state: 'broken', reason }
}
