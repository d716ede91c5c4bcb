import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openForReading, openForWriting } from './database.ts'
import { databaseFile } from './files.ts'
import { MIGRATIONS } from './migrations/migrations.ts'
import { scratchFolder } from './testing/scratch.ts'

test('the writer syncs every commit: FULL stands after writing and after opening again', () => {
  using scratch = scratchFolder()
  for (const _ of [1, 2]) {
    const db = openForWriting(scratch.dataDir, 0)
    db.exec("INSERT OR REPLACE INTO meta VALUES ('version', 1)")
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(0)
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0)
    expect(db.pragma('page_size', { simple: true })).toBe(8_192)
    db.close()
  }
})

test('half a migration leaves no database, and the next start makes a whole one', () => {
  using scratch = scratchFolder()
  writeFileSync(`${databaseFile(scratch.dataDir)}.new`, 'a draft that a crash left behind')
  const db = openForWriting(scratch.dataDir, 0)
  expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
  db.close()
})

describe('a file that is not ours is refused with what to do, and left as it is', () => {
  const newer = (file: string): void => {
    const db = new Database(file)
    db.pragma('application_id = 0x49434f4e')
    db.pragma(`user_version = ${MIGRATIONS.length + 1}`)
    db.close()
  }
  const foreign = (file: string): void => {
    const db = new Database(file)
    db.exec('CREATE TABLE theirs (x)')
    db.close()
  }
  const cases: [what: string, make: (file: string) => void, sentence: RegExp][] = [
    [
      'empty',
      (file) => {
        writeFileSync(file, '')
      },
      /is empty/,
    ],
    [
      'one byte',
      (file) => {
        writeFileSync(file, 'S')
      },
      /not a database of this console/,
    ],
    ['foreign', foreign, /not a database of this console/],
    ['newer', newer, /has schema/],
  ]
  test.each(cases)('%s', (_, make, sentence) => {
    using scratch = scratchFolder()
    const file = databaseFile(scratch.dataDir)
    make(file)
    const before = readFileSync(file)
    for (const open of [openForWriting, openForReading]) {
      expect(() => open(scratch.dataDir, 0)).toThrow(sentence)
      expect(() => open(scratch.dataDir, 0)).toThrow(
        expect.objectContaining({ code: 'disk', tip: expect.stringContaining('folder') as unknown }) as Error,
      )
    }
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})
