import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openForWriting, type Db } from '../database.ts'
import { PROJECTION_TABLES } from '../migrations/migrations.ts'
import type { LocalStore } from '../localStore.ts'
import { openLocalStore } from '../localStore.ts'
import type { Sort } from '../store.ts'
import { tinyRegister } from './tinySystem.ts'

/** Newest change first: the order of the grid. */
export const NEWEST: Sort = { by: 'changed', isAscending: false }

/** A data folder of a test's own; gone at the end of the scope (`using`). */
export function scratchFolder(): { dataDir: string } & Disposable {
  const dataDir = mkdtempSync(join(tmpdir(), 'store-'))
  return {
    dataDir,
    [Symbol.dispose]: () => {
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A store of the tiny system in a folder of its own, in this thread. */
export function scratchStore(): { dataDir: string; store: LocalStore } & Disposable {
  const folder = scratchFolder()
  const store = openLocalStore({ dataDir: folder.dataDir, mode: 'write' }, tinyRegister)
  return {
    dataDir: folder.dataDir,
    store,
    [Symbol.dispose]: () => {
      store.close()
      folder[Symbol.dispose]()
    },
  }
}

/** A database of its own, for what works below the store. */
export function scratchDatabase(): { db: Db } & Disposable {
  const folder = scratchFolder()
  const db = openForWriting(folder.dataDir, 0)
  return {
    db,
    [Symbol.dispose]: () => {
      db.close()
      folder[Symbol.dispose]()
    },
  }
}

/** All projections but for versions, which go on rising, with the intents in the order of their versions. */
export function dumpProjections(db: Db): Record<string, unknown[]> {
  const dump: Record<string, unknown[]> = {}
  for (const table of PROJECTION_TABLES) {
    const rows = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all()
    dump[table] = rows
      .map((row) => ({ ...row, ...('version' in row ? { version: null } : {}) }))
      .filter((row) => !('count' in row) || row['count'] !== 0)
  }
  dump['order'] = db.prepare('SELECT id FROM intents ORDER BY version').pluck().all()
  return dump
}
