import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { JournaledEvent } from '../../../shared/log/rawEvent.ts'
import { buildDatabase } from '../build.ts'
import { databaseFile } from '../files.ts'
import { chainAfter, CHAIN_START, contentDigest, rowChecksum } from '../journal/digest.ts'
import { openLocalStore } from '../localStore.ts'
import { scratchFolder } from '../testing/scratch.ts'
import { tinyEvent, tinyRegister } from '../testing/tinySystem.ts'
import { migrate, schemaOf } from './migrate.ts'
import { MIGRATIONS } from './migrations.ts'

/** A data folder as the first released schema left it, with one event. */
function oldFolder(dataDir: string): void {
  const event: JournaledEvent = { ...tinyEvent({ ids: ['abc'], status: 'waiting', atMs: 1 }, 2), seq: 1 }
  buildDatabase(databaseFile(dataDir), (db) => {
    migrate(db, MIGRATIONS.slice(0, 2))
    db.exec(
      `INSERT INTO connections (id, name) VALUES (1, 'tiny'); INSERT INTO kinds VALUES (1, 'fusion', 'said')`,
    )
    const chain = chainAfter(CHAIN_START, event, contentDigest(event))
    db.prepare('INSERT INTO raw_events VALUES (1, 1, 1, 0, ?, 0, ?, NULL, NULL, ?, ?)').run(
      event.receivedAtMs,
      event.payload,
      rowChecksum(event, 1),
      chain,
    )
  })
}

test('an older store is copied first, then migrated, and concluded anew; the copy is as it was', () => {
  using scratch = scratchFolder()
  oldFolder(scratch.dataDir)
  const store = openLocalStore({ ...scratch, mode: 'write' }, tinyRegister)
  expect(store.find({ query: '', limit: 9, nowMs: 5 })).toMatchObject([{ id: 'tiny:abc', status: 'waiting' }])
  expect(store.incidents()).toEqual([])
  expect(store.verify().problems).toEqual([])
  store.close()
  const backups = readdirSync(join(scratch.dataDir, 'backups'))
  expect(backups).toEqual([expect.stringMatching(/^console-schema-2-.*\.db$/)])
  const copy = new Database(join(scratch.dataDir, 'backups', backups[0] ?? ''), { readonly: true })
  expect(schemaOf(copy)).toBe(2)
  expect(copy.prepare('SELECT count(*) FROM raw_events').pluck().get()).toBe(1)
  copy.close()
})

test('a store that is up to date is neither copied nor changed', () => {
  using scratch = scratchFolder()
  openLocalStore({ ...scratch, mode: 'write' }, tinyRegister).close()
  openLocalStore({ ...scratch, mode: 'write' }, tinyRegister).close()
  expect(readdirSync(scratch.dataDir)).not.toContain('backups')
})

test('a reader does not migrate: it says who does', () => {
  using scratch = scratchFolder()
  oldFolder(scratch.dataDir)
  expect(() => openLocalStore({ ...scratch, mode: 'read' }, tinyRegister)).toThrow('not migrated yet')
})

test('a migration that fails changes nothing', () => {
  const db = new Database(':memory:')
  const good = 'CREATE TABLE one (x)'
  migrate(db, [good])
  expect(() => {
    migrate(db, [good, 'CREATE TABLE two (x)', 'CREATE TABLE three (x); NONSENSE'])
  }).toThrow('NONSENSE')
  expect([schemaOf(db), db.prepare('SELECT name FROM sqlite_schema').pluck().all()]).toEqual([1, ['one']])
  db.close()
})
