import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { readSecret, type SecretInput } from './secretInput.ts'

function piped(...chunks: (string | Buffer)[]): SecretInput {
  const input = new PassThrough()
  for (const chunk of chunks) input.write(chunk)
  input.end()
  return input
}

/** A terminal that types this; `raw` tells each change of its mode. */
function typed(...chunks: string[]): { input: SecretInput; raw: boolean[] } {
  const raw: boolean[] = []
  const setRawMode = (isRaw: boolean): void => {
    raw.push(isRaw)
  }
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode })
  for (const chunk of chunks) input.write(chunk)
  return { input, raw }
}

test.each([
  ['one line', ['key\n'], 'key'],
  ['a line of Windows', ['key\r\n'], 'key'],
  ['no line break', ['key'], 'key'],
  ['several lines', ['-----BEGIN-----\nabc\n-----END-----\n'], '-----BEGIN-----\nabc\n-----END-----'],
  ['a character in two pieces', [Buffer.from([0xd0]), Buffer.from([0xba, 0x0a])], 'к'],
  ['nothing', [], ''],
])('%s piped in is the value without the last line break', async (_, chunks, expected) => {
  expect(await readSecret(piped(...chunks), () => undefined)).toBe(expected)
})

test('a file given by mistake is not read to its end', async () => {
  await expect(readSecret(piped('x'.repeat(100_000)), () => undefined)).rejects.toMatchObject({
    code: 'usage',
  })
})

test.each([
  ['Enter', ['se', 'cret\r'], 'secret'],
  ['the end of input', ['secret\u0004'], 'secret'],
  ['corrections', ['sek\u007fcrex\bt\r'], 'secret'],
])('typed at a terminal and ended with %s, it is read without being shown', async (_, keys, expected) => {
  const { input, raw } = typed(...keys)
  const said: string[] = []
  expect(await readSecret(input, (sentence) => said.push(sentence))).toBe(expected)
  expect(raw).toEqual([true, false])
  expect(said).toHaveLength(1)
})

test('Ctrl-C sets nothing and gives the terminal back', async () => {
  const { input, raw } = typed('secr\u0003')
  await expect(readSecret(input, () => undefined)).rejects.toMatchObject({ code: 'cancelled' })
  expect(raw).toEqual([true, false])
})
