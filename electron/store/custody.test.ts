import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Custody } from './custody.ts'
import { databaseFile } from './files.ts'
import { scratchFolder } from './testing/scratch.ts'
import { tinyEvent, tinyRegister } from './testing/tinySystem.ts'

const NOW_MS = 5_000

/** A store in use, with ten intents in it. */
function custodyOf(dataDir: string): Custody {
  const custody = new Custody(tinyRegister)
  custody.open({ dataDir, mode: 'write' })
  custody
    .use()
    .append(
      Array.from({ length: 10 }, (_, n) => tinyEvent({ ids: [`abc${n}`], status: 'waiting', atMs: n }, n)),
    )
  return custody
}

/** Changes a store behind its back. */
function tamper(dataDir: string, sql: string): void {
  const db = new Database(databaseFile(dataDir))
  db.exec(sql)
  db.close()
}

/** Calls as the thread does: what fails is told to the custody. */
function call<Answer>(custody: Custody, work: () => Answer): Answer | string {
  try {
    return work()
  } catch (error) {
    custody.failed(error)
    return (error as Error).message
  }
}

test('a conclusion that was changed on disk is not shown; all of them are made anew, and it is said', () => {
  using scratch = scratchFolder()
  const custody = custodyOf(scratch.dataDir)
  const { timeline } = custody.use().get({ id: 'tiny:abc4', nowMs: NOW_MS }).intent
  tamper(scratch.dataDir, `UPDATE documents SET body = replace(body, 'abc4', 'abc5')`)
  const read = () => custody.use().get({ id: 'tiny:abc4', nowMs: NOW_MS })
  expect(call(custody, read)).toContain('not as it was written')
  expect(call(custody, read)).toMatchObject({ intent: { id: 'tiny:abc4', status: 'waiting', timeline } })
  expect(custody.use().incidents()).toMatchObject([{ kind: 'rebuilt', keptCount: 10, lostCount: 0 }])
  custody.close()
})

test('an event that was changed on disk is not told; the rest goes on under its numbers, above every version seen', () => {
  using scratch = scratchFolder()
  const custody = custodyOf(scratch.dataDir)
  const seen = custody.use().head()
  tamper(
    scratch.dataDir,
    `DROP TRIGGER raw_events_never_change; UPDATE raw_events SET payload = '{}' WHERE seq IN (4, 10)`,
  )
  expect(call(custody, () => custody.use().raw(4))).toContain('Event 4')
  const store = custody.use()
  expect(store.incidents()).toMatchObject([{ kind: 'replaced', keptCount: 8, lostCount: 2 }])
  expect(store.journal({ after: 0, limit: 20 }).map(({ seq }) => seq)).toEqual([1, 2, 3, 5, 6, 7, 8, 9])
  expect(store.head().lastSeq).toBe(10)
  expect(store.head().version).toBeGreaterThan(seen.version)
  expect(store.append([tinyEvent({ ids: ['later'] }, 20)]).lastSeq).toBe(11)
  expect(store.verify()).toMatchObject({ eventCount: 9, lostCount: 2, problems: [] })
  custody.close()
})

test('the folder stays held while a damaged store is replaced', () => {
  using scratch = scratchFolder()
  const custody = custodyOf(scratch.dataDir)
  tamper(scratch.dataDir, `UPDATE documents SET body = 'x'`)
  call(custody, () => custody.use().find({ query: '', limit: 1, nowMs: NOW_MS }))
  const other = new Custody(tinyRegister)
  expect(() => {
    other.open({ ...scratch, mode: 'write' })
  }).toThrow('in use')
  custody.close()
  other.open({ ...scratch, mode: 'write' })
  other.close()
})

test('a reader beside the writer tells of damage and changes nothing', () => {
  using scratch = scratchFolder()
  const writer = custodyOf(scratch.dataDir)
  const reader = new Custody(tinyRegister)
  reader.open({ ...scratch, mode: 'read' })
  tamper(scratch.dataDir, `UPDATE documents SET body = 'x'`)
  const read = () => reader.use().find({ query: '', limit: 1, nowMs: NOW_MS })
  expect(call(reader, read)).toContain('not as it was written')
  expect(call(reader, read)).toContain('not as it was written')
  reader.close()
  writer.close()
})
