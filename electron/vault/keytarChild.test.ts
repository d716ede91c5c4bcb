import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { KeytarCalls } from './keytarCalls.ts'
import { startKeytarChild } from './keytarChild.ts'

let folder: string
let calls: KeytarCalls | null = null

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keytar-child-'))
})

afterEach(() => {
  calls?.close()
  calls = null
  rmSync(folder, { recursive: true })
})

/** A process that does this with each call. */
function childThat(does: string, answerMs = 10_000): KeytarCalls {
  const file = join(folder, 'child.mjs')
  writeFileSync(file, `process.on('message', (call) => { ${does} })\n`)
  calls = startKeytarChild({ url: pathToFileURL(file), env: process.env, answerMs })
  return calls
}

const get = (account: string) => ({ verb: 'get', account }) as const

test('calls go one at a time and each gets its own answer', async () => {
  const child = childThat(`
    if (globalThis.isBusy) process.send({ error: 'two at once' })
    globalThis.isBusy = true
    setImmediate(() => { globalThis.isBusy = false; process.send({ value: call.account }) })`)
  const answers = await Promise.all(['a', 'b', 'c'].map((account) => child.ask(get(account))))
  expect(answers).toEqual(['a', 'b', 'c'])
})

test('what the library says is an error of that call alone', async () => {
  const child = childThat(`process.send(call.account === 'a' ? { error: 'no' } : { value: null })`)
  await expect(child.ask(get('a'))).rejects.toThrow('no')
  expect(await child.ask(get('b'))).toBeNull()
})

test('a process that hangs is ended, and the next call gets another one', async () => {
  const child = childThat(`if (call.account === 'hang') for (;;); process.send({ value: 'ok' })`, 4_000)
  await expect(child.ask(get('hang'))).rejects.toThrow('no answer within 4 seconds')
  expect(await child.ask(get('b'))).toBe('ok')
})

test('a process that dies takes only its call with it', async () => {
  const child = childThat(
    `if (call.account === 'die') process.kill(process.pid, 'SIGSEGV'); else process.send({ value: 'ok' })`,
  )
  await expect(child.ask(get('die'))).rejects.toThrow('SIGSEGV')
  expect(await child.ask(get('b'))).toBe('ok')
})

test('closing ends what is under way and refuses what follows', async () => {
  const child = childThat(``)
  const asked = child.ask(get('a'))
  const refused = expect(asked).rejects.toThrow('SIGKILL')
  // The process must exist before it can be ended under its call.
  await Promise.resolve()
  child.close()
  await refused
  await expect(child.ask(get('b'))).rejects.toThrow('closing')
})
