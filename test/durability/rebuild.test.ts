import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openForReading, openForWriting } from '../../electron/store/database.ts'
import { databaseFile, logFile } from '../../electron/store/files.ts'
import { openLocalStore } from '../../electron/store/localStore.ts'
import { rebuilt } from '../../electron/store/recovery/rebuilt.ts'
import { scratchFolder } from '../../electron/store/testing/scratch.ts'
import { tinyEvent, tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import { LONGEST_LOG_BYTES } from '../../electron/store/walKeeper.ts'
import { Writer } from '../../electron/store/writer.ts'
import { copyOf } from './images.ts'

/** Tens of thousands of events are written and read again, on a machine that does other things too. */
const LIMIT = { timeout: 120_000 }

/** More than a rebuild takes in one transaction, so that it can end between two. */
const EVENTS = 5_000

/** What one transaction of a rebuild adds to the log in these tests is less: 28 MiB. */
const PAGE_BYTES = 28 * 2 ** 20

/** A folder with a store of so many intents that nobody has open. */
function filled(count: number, noteLength = 0): { dataDir: string } & Disposable {
  const folder = scratchFolder()
  const store = openLocalStore({ dataDir: folder.dataDir, mode: 'write' }, tinyRegister)
  const note = 'x'.repeat(noteLength)
  for (let from = 0; from < count; from += 500) {
    const events = Array.from({ length: Math.min(500, count - from) }, (_, n) =>
      tinyEvent({ ids: [`a${from + n}`], status: 'waiting', atMs: n, note }, n),
    )
    store.append(events)
    store.idle()
  }
  store.close()
  return folder
}

/** Rebuilds a store as a console does that ends after the first transaction of it. */
function breakOff(dataDir: string): void {
  const db = openForWriting(dataDir, 0)
  const end = (): never => {
    throw new Error('the end of the process')
  }
  expect(() => new Writer(db, tinyRegister).rebuild(end)).toThrow('the end of the process')
  db.close()
}

test(
  'a rebuild that was broken off is begun again by the next console, and nobody reads half of it',
  LIMIT,
  () => {
    using folder = filled(EVENTS)
    breakOff(folder.dataDir)
    expect(() => openForReading(folder.dataDir)).toThrow('being made anew')
    const store = openLocalStore({ ...folder, mode: 'write' }, tinyRegister)
    expect(store.verify()).toMatchObject({ eventCount: EVENTS, intentCount: EVENTS, problems: [] })
    store.close()
    openForReading(folder.dataDir).close()
  },
)

test('the control: without the mark half of it would be taken for the whole', LIMIT, () => {
  using folder = filled(EVENTS)
  breakOff(folder.dataDir)
  const db = new Database(databaseFile(folder.dataDir))
  db.exec(`UPDATE meta SET value = 0 WHERE name = 'isStale'`)
  db.close()
  const store = openLocalStore({ ...folder, mode: 'write' }, tinyRegister)
  expect(store.verify().intentCount).toBeLessThan(EVENTS)
  store.close()
})

/** The log of a store that was just made anew. */
function logAfter(rebuild: (db: Database.Database, writer: Writer) => unknown): number {
  using folder = filled(7_000, 10_000)
  const db = openForWriting(folder.dataDir, 0)
  rebuild(db, new Writer(db, tinyRegister))
  const { size } = statSync(logFile(folder.dataDir))
  db.close()
  return size
}

test('its log stays short however much there is to read', LIMIT, () => {
  expect(logAfter(rebuilt)).toBeLessThan(LONGEST_LOG_BYTES + PAGE_BYTES)
})

test('the control: in one go the log is as long as all that was concluded', LIMIT, () => {
  expect(logAfter((_, writer) => writer.rebuild())).toBeGreaterThan(LONGEST_LOG_BYTES + PAGE_BYTES)
})

test(
  'damage that only a rebuild comes across has the store replaced, not refused at every start',
  LIMIT,
  () => {
    using folder = filled(EVENTS, 8_000)
    // Left open, and so large that only its end is looked at.
    const db = openForWriting(folder.dataDir, 0)
    const trigger = db
      .prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE name = 'raw_events_never_change'`)
      .pluck()
      .get()
    db.exec(`DROP TRIGGER raw_events_never_change; UPDATE raw_events SET payload = '{}' WHERE seq = 1000;
      ${trigger ?? ''}; INSERT OR REPLACE INTO meta VALUES ('isStale', 1)`)
    using crashed = copyOf(folder.dataDir)
    db.close()
    const store = openLocalStore({ ...crashed, mode: 'write' }, tinyRegister)
    expect(store.incidents()).toMatchObject([{ kind: 'replaced', keptCount: EVENTS - 1, lostCount: 1 }])
    store.close()
  },
)
