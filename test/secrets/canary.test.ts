import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { filesWith, formsIn, makeCanary } from './canary.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'canary-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

// The controls of every search for planted secrets: each form, planted, is found.
const canary = makeCanary()
test.each(canary.needles)('planted as $form it is found in a file', ({ bytes }) => {
  mkdirSync(join(folder, 'deep', 'er'), { recursive: true })
  const text = Buffer.concat([Buffer.from('before '), bytes, Buffer.from(' after')])
  writeFileSync(join(folder, 'deep', 'er', 'file'), text)
  expect(filesWith([folder], [canary])).not.toEqual([])
})

test.each([0, 1, 2])('inside a longer text in base64, %i bytes in, it is found', (shift) => {
  const text = Buffer.from(`${'x'.repeat(shift)}${canary.value} and more`).toString('base64')
  expect(formsIn(Buffer.from(text), [canary])).not.toEqual([])
})

test('it is found in the pages of a database, in the log of one still open, and in the name of a file', () => {
  const database = new Database(join(folder, 'a.db'))
  database.pragma('journal_mode = WAL')
  database.exec('CREATE TABLE t (x)')
  database.prepare('INSERT INTO t VALUES (?)').run(JSON.stringify({ said: canary.value }))
  expect(filesWith([folder], [canary]).join()).toContain('a.db-wal')
  database.close()
  expect(filesWith([folder], [canary]).join()).toContain('a.db:')
  const named = makeCanary()
  writeFileSync(join(folder, Buffer.from(named.value).toString('hex')), '')
  expect(filesWith([folder], [named])).toHaveLength(1)
})

test('what holds nothing of it is not accused', () => {
  writeFileSync(join(folder, 'other'), makeCanary().value)
  writeFileSync(join(folder, 'packed'), gzipSync('nothing at all'))
  expect(filesWith([folder], [canary])).toEqual([])
})
