import { once } from 'node:events'
import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openForWriting, type Db } from '../../electron/store/database.ts'
import { databaseFile, logFile } from '../../electron/store/files.ts'
import { openStore } from '../../electron/store/open.ts'
import { scratchFolder } from '../../electron/store/testing/scratch.ts'
import { tinyEvent, tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import { LONGEST_LOG_BYTES, WalKeeper } from '../../electron/store/walKeeper.ts'
import { Writer } from '../../electron/store/writer.ts'

/** Some 200 MiB are written in each test, on a machine that does other things too. */
const LIMIT_MS = 120_000

/** What one batch of these tests adds to the log is less: 16 MiB. */
const BATCH_BYTES = 16 * 2 ** 20

/** How long a reader stays: longer than a batch takes, so that the next one comes before it goes, milliseconds. */
const READ_MS = 500

/** Far longer than that, so that a busy machine changes nothing, milliseconds. */
const PATIENCE_MS = 30_000

let folder: ReturnType<typeof scratchFolder>
let round = 0

beforeEach(() => {
  folder = scratchFolder()
  round = 0
})

afterEach(() => {
  folder[Symbol.dispose]()
})

function logBytes(): number {
  return statSync(logFile(folder.dataDir)).size
}

/** Some 8 MiB of new intents. */
function batch() {
  round += 1
  return Array.from({ length: 300 }, (_, n) =>
    tinyEvent({ ids: [`a${round}-${n}`], note: 'x'.repeat(10_000) }, n),
  )
}

/** A store below its thread, and what keeps its log. */
function bare(patienceMs?: number): { db: Db; write: () => void; keeper: WalKeeper } & Disposable {
  const db = openForWriting(folder.dataDir, 0)
  const writer = new Writer(db, tinyRegister)
  return {
    db,
    keeper: new WalKeeper(db, patienceMs),
    write: () => {
      writer.append(batch())
    },
    [Symbol.dispose]: () => {
      db.close()
    },
  }
}

describe('a store that is written to without a pause', () => {
  test('moves its log as soon as it is long', { timeout: LIMIT_MS }, async () => {
    const workerUrl = new URL('../../electron/store/testing/tinyWorker.ts', import.meta.url)
    const store = await openStore({ dataDir: folder.dataDir, workerUrl, mode: 'write' })
    try {
      let [next, longest] = [store.append(batch()), 0]
      for (let n = 0; n < 24; n += 1) {
        // The next one is on its way before this one is answered.
        const now = next
        next = store.append(batch())
        await now
        longest = Math.max(longest, logBytes())
      }
      await next
      expect(longest).toBeLessThan(LONGEST_LOG_BYTES + 2 * BATCH_BYTES)
    } finally {
      await store.close()
    }
  })

  test(
    'the control: when that has to wait for a pause, the log grows without end',
    { timeout: LIMIT_MS },
    () => {
      using store = bare()
      for (let n = 0; n < 24; n += 1) store.write()
      expect(logBytes()).toBeGreaterThan(LONGEST_LOG_BYTES + 4 * BATCH_BYTES)
    },
  )
})

describe('readers that follow each other closely', () => {
  /** Writes while there always is a reader; answers the longest log. */
  async function longestAmongReaders(patienceMs: number): Promise<number> {
    using store = bare(patienceMs)
    store.write()
    const readers = new Worker(new URL('readingThread.ts', import.meta.url), {
      workerData: databaseFile(folder.dataDir),
    })
    let longest = 0
    try {
      for (let n = 0; n < 24; n += 1) {
        readers.postMessage(READ_MS)
        await once(readers, 'message')
        store.keeper.checkpoint()
        store.write()
        longest = Math.max(longest, logBytes())
      }
    } finally {
      await readers.terminate()
    }
    return longest
  }

  test('are waited for, so that the log begins anew', { timeout: LIMIT_MS }, async () => {
    expect(await longestAmongReaders(PATIENCE_MS)).toBeLessThan(LONGEST_LOG_BYTES + 2 * BATCH_BYTES)
  })

  test('the control: without patience they keep the log for ever', { timeout: LIMIT_MS }, async () => {
    expect(await longestAmongReaders(0)).toBeGreaterThan(LONGEST_LOG_BYTES + 4 * BATCH_BYTES)
  })
})

test(
  'a reader that stays is asked once every 8 MiB; when it goes the log is short again',
  { timeout: LIMIT_MS },
  () => {
    using store = bare(0)
    store.write()
    const reader = new Database(databaseFile(folder.dataDir), { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM raw_events').get()
    let askedCount = 0
    for (let n = 0; n < 16; n += 1) {
      store.write()
      for (let look = 0; look < 10; look += 1) {
        if (!store.keeper.isPressing()) continue
        askedCount += 1
        store.keeper.checkpoint()
      }
    }
    const longest = logBytes()
    expect(longest).toBeGreaterThan(LONGEST_LOG_BYTES + 4 * BATCH_BYTES)
    expect(askedCount).toBeGreaterThan(0)
    expect(askedCount).toBeLessThanOrEqual(longest / (8 * 2 ** 20))
    reader.close()
    while (store.keeper.checkpoint());
    store.write()
    expect(logBytes()).toBeLessThanOrEqual(LONGEST_LOG_BYTES)
  },
)
