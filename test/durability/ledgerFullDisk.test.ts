import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ActionReader } from '../../electron/store/actions/actionReader.ts'
import { Ledger } from '../../electron/store/actions/ledger.ts'
import { openLocalStore, type LocalStore } from '../../electron/store/localStore.ts'
import { scratchDatabase, scratchFolder } from '../../electron/store/testing/scratch.ts'
import { sendingOf, stepOfAction } from '../../electron/store/testing/steps.ts'
import { tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import { verifyStore } from '../../electron/store/verify/verifyStore.ts'
import { Writer } from '../../electron/store/writer.ts'
import { isSkippedWithoutDisk, mountDisk, unmountDisk } from './smallDisk.ts'

/** A step that needs more pages than a database that may not grow has left. */
const LARGE = sendingOf('second', '0xb2', { response: 'x'.repeat(100_000) })

function isFull(db: Database.Database, isIt: boolean): void {
  const pages = isIt ? (db.pragma('page_count', { simple: true }) as number) + 4 : 1_000_000
  db.pragma(`max_page_count = ${pages}`)
}

/** All that stands of actions. */
function standing(db: Database.Database) {
  const reader = new ActionReader(db)
  return {
    head: reader.head(),
    steps: reader.steps({ after: 0, limit: 99 }).map(({ seq }) => seq),
    actions: reader.list({ limit: 99 }).map(({ id, steps }) => [id, steps.length]),
    problems: verifyStore(db, tinyRegister).problems,
  }
}

describe('a database that may not grow', () => {
  test('refuses a step, keeps nothing of it, and takes the next one when it may grow again', () => {
    using scratch = scratchDatabase()
    const { db } = scratch
    const writer = new Writer(db, tinyRegister)
    writer.recordStep(sendingOf('first', '0xa1'))
    const before = standing(db)
    expect(before).toMatchObject({ steps: [1], actions: [['first', 1]], problems: [] })
    isFull(db, true)
    expect(() => writer.recordStep(LARGE)).toThrow('full')
    isFull(db, false)
    expect(standing(db)).toEqual(before)
    expect(writer.recordStep(LARGE)?.steps.map(({ seq }) => seq)).toEqual([2])
    expect(standing(db)).toMatchObject({ steps: [1, 2], problems: [] })
  })

  test('the control: without the transaction around it, half of a step stays and is seen', () => {
    using scratch = scratchDatabase()
    const { db } = scratch
    const ledger = new Ledger(db)
    ledger.append(sendingOf('first', '0xa1'))
    const before = standing(db)
    db.exec(
      `CREATE TEMP TRIGGER full BEFORE INSERT ON actions BEGIN SELECT raise(ABORT, 'the disk is full'); END`,
    )
    expect(() => ledger.append(sendingOf('second', '0xb2'))).toThrow('full')
    const after = standing(db)
    expect(after.steps).not.toEqual(before.steps)
    expect(after.problems).toMatchObject([{ where: 'action second' }])
  })
})

describe.skipIf(isSkippedWithoutDisk())('a disk of 64 MiB', () => {
  let folder: ReturnType<typeof scratchFolder>
  let store: LocalStore

  beforeEach(() => {
    folder = scratchFolder()
    expect(mountDisk(folder.dataDir, 64)).toBeNull()
    store = openLocalStore({ ...folder, mode: 'write' }, tinyRegister)
  })

  afterEach(() => {
    store.close()
    unmountDisk(folder.dataDir)
    folder[Symbol.dispose]()
  })

  test('that is nearly full refuses what begins, and takes in what became of what was sent', () => {
    store.recordStep(sendingOf('first', '0xa1'))
    const filler = join(folder.dataDir, 'filler')
    const { bavail, bsize } = statfsSync(folder.dataDir)
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 2 ** 20))
    expect(() => store.recordStep(sendingOf('second', '0xb2'))).toThrow(
      expect.objectContaining({ code: 'disk', isRetryable: true }) as Error,
    )
    expect(() => store.recordStep(stepOfAction('', 'unlocked'))).toThrow('nearly full')
    expect(store.recordStep(stepOfAction('first', 'accepted'))?.state).toBe('accepted')
    rmSync(filler)
    expect(store.recordStep(sendingOf('second', '0xb2'))?.state).toBe('sending')
    expect(store.verify()).toMatchObject({ stepCount: 3, problems: [] })
  })
})
