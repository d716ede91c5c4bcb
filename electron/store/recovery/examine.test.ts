import Database from 'better-sqlite3'
import { beforeEach, afterEach, expect, test } from 'vitest'
import { databaseFile } from '../files.ts'
import { openLocalStore } from '../localStore.ts'
import { scratchFolder } from '../testing/scratch.ts'
import { tinyEvent, tinyRegister } from '../testing/tinySystem.ts'
import { examine } from './examine.ts'

let scratch: ReturnType<typeof scratchFolder>
let file: string

beforeEach(() => {
  scratch = scratchFolder()
  file = databaseFile(scratch.dataDir)
  const store = openLocalStore({ ...scratch, mode: 'write' }, tinyRegister)
  store.append(
    Array.from({ length: 300 }, (_, n) => tinyEvent({ ids: [`abc${n}`], status: 'waiting', atMs: n }, n)),
  )
  store.close()
})

afterEach(() => {
  scratch[Symbol.dispose]()
})

function tamper(sql: string): void {
  const db = new Database(file)
  // Lets even the schema be written to.
  db.unsafeMode(true)
  db.exec(sql)
  db.close()
}

/** Changes an event as a disk would: past the trigger that forbids it, which is there again afterwards. */
function changeEvent(seq: number): void {
  const db = new Database(file)
  const trigger = db
    .prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE name = 'raw_events_never_change'`)
    .pluck()
    .get()
  db.exec(`DROP TRIGGER raw_events_never_change; UPDATE raw_events SET is_sample = 1 WHERE seq = ${seq}`)
  db.exec(trigger ?? '')
  db.close()
}

test.each(['all', 'tail'] as const)('a good store is sound, looked at %s', (depth) => {
  expect(examine(file, depth)).toEqual({ state: 'sound' })
})

test('damage near the end is seen by the shortest look, damage far from it by the longest', () => {
  changeEvent(20)
  expect(examine(file, 'tail')).toEqual({ state: 'sound' })
  expect(examine(file, 'all')).toMatchObject({
    state: 'broken',
    reason: expect.stringContaining('Event 20') as unknown,
  })
  changeEvent(290)
  expect(examine(file, 'tail')).toMatchObject({
    state: 'broken',
    reason: expect.stringContaining('290') as unknown,
  })
})

test.each([
  ['a changed conclusion is stale', `UPDATE documents SET body = 'x'`, 'stale'],
  ['another identity is the log of another store', `UPDATE openings SET store = 'other'`, 'foreign-log'],
  ['a missing table is broken', 'DROP TABLE identity', 'broken'],
  ['a missing trigger is broken', 'DROP TRIGGER raw_events_never_go', 'broken'],
  [
    'a trigger that reads otherwise is broken',
    `PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET sql = replace(sql, 'removed_runs', 'reioved_runs') WHERE type = 'trigger'`,
    'broken',
  ],
  ['no schema is broken', 'PRAGMA user_version = 0', 'broken'],
])('%s', (_, sql, state) => {
  tamper(sql)
  expect(examine(file, 'all')).toMatchObject({ state })
})
