import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { parseInput, readInput } from './actInput.ts'

const NOTHING = Readable.from([])

test('a character that comes in two pieces stays one', async () => {
  const bytes = Buffer.from('{"text":"für 測試"}')
  const stdin = new PassThrough()
  const middle = bytes.indexOf(0xc3) + 1
  stdin.write(bytes.subarray(0, middle))
  stdin.end(bytes.subarray(middle))
  expect(await readInput('-', stdin)).toBe('{"text":"für 測試"}')
})

test('a file is read, one that has no end is not, and one that is not there is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'input-'))
  try {
    const file = join(folder, 'input.json')
    writeFileSync(file, '{"text":"für"}')
    expect(await readInput(`@${file}`, NOTHING)).toBe('{"text":"für"}')
    await expect(readInput(`@${join(folder, 'none')}`, NOTHING)).rejects.toThrow('cannot be read')
    writeFileSync(file, ' '.repeat(1_000_001))
    await expect(readInput(`@${file}`, NOTHING)).rejects.toThrow('longer than any command takes')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.each([
  ['twice with two values', '{"intent":"a","intent":"b"}', 'The key “intent” stands twice'],
  ['twice with one value', '{"confirm":"a","confirm":"a"}', 'The key “confirm” stands twice'],
  ['twice in what was signed', '{"order":{"salt":"1",\n"salt":"2"}}', 'The key “salt” stands twice'],
  ['under a name that is dropped', '{"__proto__":{"confirm":"a"}}', 'The key “__proto__” in line 1'],
])('a key that stands %s is refused by its name', (_, text, sentence) => {
  expect(() => parseInput(text)).toThrow(sentence)
})

test('one name in two objects is no key that stands twice', () => {
  expect(parseInput('{"intent":"a","order":{"intent":"b"}}').fields).toEqual({ order: { intent: 'b' } })
})

test('the mark that an editor of Windows begins a file with is left off', async () => {
  expect(await readInput('-', Readable.from([Buffer.from('\uFEFF{"intent":"a"}')]))).toBe('{"intent":"a"}')
})
