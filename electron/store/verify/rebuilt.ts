import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Db } from '../database.ts'
import type { Register } from '../register.ts'
import type { StoreProblem } from '../store.ts'
import { Writer } from '../writer.ts'
import { CONCLUSIONS } from './conclusions.ts'

/**
 * Where the conclusions in a store differ from those that its journal gives when it is read again, the first place of
 * every table. Works on a copy, in the folder for temporary files.
 */
export function rebuiltDifferences(db: Db, register: Register): StoreProblem[] {
  const folder = mkdtempSync(join(tmpdir(), 'intent-console-verify-'))
  try {
    const [keptFile, rebuiltFile] = [join(folder, 'kept.db'), join(folder, 'rebuilt.db')]
    db.prepare('VACUUM INTO ?').run(keptFile)
    copyFileSync(keptFile, rebuiltFile)
    const kept = new Database(keptFile, { readonly: true })
    const rebuilt = new Database(rebuiltFile)
    try {
      // A copy that a crash loses is no loss.
      rebuilt.pragma('journal_mode = MEMORY')
      rebuilt.pragma('synchronous = OFF')
      new Writer(rebuilt, register).rebuild()
      return Object.entries(CONCLUSIONS).flatMap(([table, sql]) =>
        difference(table, rowsOf(kept, sql), rowsOf(rebuilt, sql)),
      )
    } finally {
      kept.close()
      rebuilt.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Row = Record<string, unknown>

function rowsOf(db: Db, sql: string): IterableIterator<Row> {
  return db.prepare<[], Row>(sql).iterate()
}

/** The first row in which two sorted readings differ. Both are read to the end or closed. */
function difference(
  table: string,
  kept: IterableIterator<Row>,
  rebuilt: IterableIterator<Row>,
): StoreProblem[] {
  try {
    for (const row of kept) {
      const other = rebuilt.next()
      const otherRow = other.done === true ? null : other.value
      if (JSON.stringify(row) !== JSON.stringify(otherRow)) return [problemOf(table, row, otherRow)]
    }
    const more = rebuilt.next()
    return more.done === true ? [] : [problemOf(table, null, more.value)]
  } finally {
    kept.return?.()
    rebuilt.return?.()
  }
}

function problemOf(table: string, kept: Row | null, rebuilt: Row | null): StoreProblem {
  const said = kept ?? rebuilt ?? {}
  const source = table === 'actions' ? 'the ledger' : 'the journal'
  const where = placeOf(table, said)
  if (rebuilt === null)
    return { where, what: `Table ${table} has a row that does not follow from ${source}.` }
  if (kept === null) return { where, what: `Table ${table} lacks a row that follows from ${source}.` }
  const columns = Object.keys(kept).filter((name) => String(kept[name]) !== String(rebuilt[name]))
  return {
    where,
    what: `Table ${table} does not say what follows from ${source}: ${columns.join(', ')}.`,
  }
}

function placeOf(table: string, said: Row): string {
  const [intent, id] = [said['console_id'], said['id']]
  if (typeof intent === 'string') return `intent ${intent}`
  return table === 'actions' && typeof id === 'string' ? `action ${id}` : `table ${table}`
}
