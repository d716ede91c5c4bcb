import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseFile, logFile } from '../../electron/store/files.ts'
import { openLocalStore } from '../../electron/store/localStore.ts'
import { MIGRATIONS } from '../../electron/store/migrations/migrations.ts'
import { tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import { damaged, unnoticedWithoutChecksums } from './corruption.ts'
import {
  deletedLog,
  flippedBit,
  flippedLogBit,
  logOf,
  replacedBy,
  truncated,
  zeroedPage,
  type Damage,
} from './damages.ts'
import { copyOf, makeImages, partsOf, story, type Images } from './images.ts'
import { judge } from './judge.ts'

/** Several stores are opened, salvaged and verified in each test, on a machine that does other things too. */
const LIMIT = { timeout: 120_000 }

let images: Images

beforeAll(() => {
  images = makeImages()
})

afterAll(() => {
  images[Symbol.dispose]()
})

/** The log of a store that has nothing to do with the images, as a crash leaves it. */
function foreignLog(): Buffer {
  using other = copyOf(images.closed)
  const dataDir = join(other.dataDir, 'other')
  mkdirSync(dataDir)
  const store = openLocalStore({ dataDir, mode: 'write' }, tinyRegister)
  store.append(story(80, 'b'))
  const log = readFileSync(logFile(dataDir))
  store.close()
  return log
}

function foreignDatabase(): Buffer {
  using other = copyOf(images.closed)
  const file = join(other.dataDir, 'theirs.db')
  const db = new Database(file)
  db.exec('CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)')
  db.close()
  return readFileSync(file)
}

describe(
  'a damaged store works with what is right, or is moved aside whole and said to be; nothing is ever made up',
  LIMIT,
  () => {
    const random: [image: 'closed' | 'crashed', damage: Damage, times: number][] = [
      ['closed', flippedBit, 6],
      ['crashed', flippedBit, 6],
      ['closed', zeroedPage, 4],
      ['crashed', zeroedPage, 4],
      ['closed', truncated, 2],
      ['crashed', truncated, 2],
      ['crashed', flippedLogBit, 4],
      ['crashed', deletedLog, 1],
    ]
    test.each(random)('%s, $1.name', (image, damage, times) => {
      expect(damaged(images, { image, damage, times }).wrong).toEqual([])
    })

    test.each(['closed', 'crashed'] as const)('%s, nothing damaged: nothing is said', (image) => {
      using copy = copyOf(images[image])
      expect(judge(copy.dataDir, images.told)).toEqual({
        outcome: 'whole',
        keptCount: images.told.events.length,
        wrong: [],
      })
    })

    test.each([
      ['an empty file', () => Buffer.alloc(0)],
      ['one byte', () => Buffer.from('S')],
      ['a text', () => Buffer.from('not a database at all\n'.repeat(1_000))],
      ['a foreign database', foreignDatabase],
    ])('%s in its place is moved aside, and a fresh store begins', (name, bytes) => {
      const { outcomes, wrong } = damaged(images, {
        image: 'closed',
        damage: replacedBy(name, bytes()),
        times: 1,
      })
      expect({ outcomes, wrong }).toEqual({ outcomes: { replaced: 1 }, wrong: [] })
    })

    test.each(['closed', 'crashed'] as const)('%s, the log of another store beside it', (image) => {
      const { outcomes, wrong } = damaged(images, {
        image,
        damage: logOf('a foreign log', foreignLog()),
        times: 1,
      })
      expect({ outcomes, wrong }).toEqual({ outcomes: { replaced: 1 }, wrong: [] })
    })

    test('the control: without the checksums flipped bits go unnoticed', () => {
      expect(unnoticedWithoutChecksums(images, flippedBit, 40)).toBeGreaterThan(0)
    })
  },
)

test('the store of a newer console is refused with what to do, and neither moved nor changed', () => {
  using copy = copyOf(images.closed)
  const db = new Database(databaseFile(copy.dataDir))
  db.pragma(`user_version = ${MIGRATIONS.length + 1}`)
  db.close()
  const before = partsOf(copy.dataDir)
  const open = () => openLocalStore({ ...copy, mode: 'write' }, tinyRegister)
  expect(open).toThrow(/schema \d+; this console knows/)
  expect(partsOf(copy.dataDir)).toEqual(before)
  expect(judge(copy.dataDir, images.told)).toEqual({ outcome: 'refused', keptCount: 0, wrong: [] })
})

test('what was moved aside is kept through every later start, and reported once', () => {
  using copy = copyOf(images.closed)
  writeFileSync(databaseFile(copy.dataDir), 'no database')
  for (const start of [1, 2, 3]) {
    const store = openLocalStore({ ...copy, mode: 'write' }, tinyRegister)
    const incidents = store.incidents()
    store.close()
    expect([start, incidents.length]).toEqual([start, 1])
    expect(readFileSync(join(incidents[0]?.folder ?? '', 'console.db'), 'utf8')).toBe('no database')
  }
})

test('a log whose database was emptied is moved aside with it, unchanged', () => {
  using copy = copyOf(images.crashed)
  writeFileSync(databaseFile(copy.dataDir), '')
  const log = readFileSync(logFile(copy.dataDir))
  const store = openLocalStore({ ...copy, mode: 'write' }, tinyRegister)
  const [incident] = store.incidents()
  store.close()
  expect(readFileSync(join(incident?.folder ?? '', 'console.db-wal')).equals(log)).toBe(true)
})

test('a log without its database is moved aside instead of being taken for that of a fresh one', () => {
  using copy = copyOf(images.crashed)
  rmSync(databaseFile(copy.dataDir))
  const store = openLocalStore({ ...copy, mode: 'write' }, tinyRegister)
  const [incident] = store.incidents()
  expect([store.head().lastSeq, incident?.kind]).toEqual([0, 'replaced'])
  store.close()
})
