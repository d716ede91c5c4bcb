import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shortened, shortenedPath, shortenedWords, troubleWithFile } from './shortened.ts'

const SECRET = 'c0de'.repeat(16)

test.each([
  [`0x${SECRET}`, '0xc0… (66 characters)'],
  [SECRET.slice(32), 'c0de… (32 characters)'],
  [Buffer.from(SECRET, 'hex').toString('base64'), 'wN7A… (44 characters)'],
  ['seven small words that open a wallet, for good', 'seve… (46 characters)'],
])('%s is told as %s', (name, told) => {
  expect(shortened(name)).toBe(told)
})

test.each(['colour', 'connections[1].settings', 'submitSignedIntent', 'flash', ''])(
  '%s is told whole',
  (name) => {
    expect(shortened(name)).toBe(name)
  },
)

test('the name of a file is told whole where its folder is there, but for a secret in it', () => {
  const file = join(import.meta.dirname, 'a file that is not there.json')
  expect(shortenedPath(file)).toBe(file)
  expect(shortenedPath(join(tmpdir(), SECRET))).toBe(join(tmpdir(), 'c0de… (64 characters)'))
  expect(shortenedPath(SECRET)).toBe('c0de… (64 characters)')
  expect(shortenedPath(`wN7A/${SECRET}`)).toBe('wN7A… (69 characters)')
})

test('of a sentence only the words that may be a secret are cut', () => {
  const sentence = `error: unknown command '${SECRET}' (Did you mean connections, credential or retention?)`
  expect(shortenedWords(sentence)).toBe(sentence.replace(SECRET, 'c0de… (64 characters)'))
})

test('what stands in the way of a file is told without its name', async () => {
  const reason: unknown = await readFile(`/nowhere/it's/${SECRET}`).catch((error: unknown) => error)
  expect(troubleWithFile(reason)).toBe('ENOENT: no such file or directory')
})
