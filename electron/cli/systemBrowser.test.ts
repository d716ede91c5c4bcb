import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { settableClock } from '../../test/settableClock.ts'
import { LINK_FILE_KEPT_MS, linkFolder, openSystemBrowser } from './systemBrowser.ts'

const url = 'http://127.0.0.1:4000/#token=secret'
const path = process.env['PATH']

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'link-'))
  // What opens a browser here must never do so for a test.
  process.env['PATH'] = folder
})
afterEach(() => {
  process.env['PATH'] = path
  rmSync(folder, { recursive: true })
})

test('the link file goes after a minute, when nobody used the link', () => {
  const clock = settableClock()
  openSystemBrowser({ url, folder, clock, onFailed: () => undefined })
  clock.advance(LINK_FILE_KEPT_MS - 1)
  expect(readdirSync(folder)).toHaveLength(1)
  clock.advance(1)
  expect(readdirSync(folder)).toEqual([])
})

test('the link file goes when the link was used, and again is no harm', () => {
  const clock = settableClock()
  const used = openSystemBrowser({ url, folder, clock, onFailed: () => undefined })
  used()
  used()
  expect(readdirSync(folder)).toEqual([])
  expect(clock.pending()).toBe(0)
})

test('without a program that opens browsers there is a sentence and no file', async () => {
  const said: string[] = []
  openSystemBrowser({ url, folder, clock: settableClock(), onFailed: (sentence) => said.push(sentence) })
  await vi.waitUntil(() => said.length === 1)
  expect(said[0]).toContain('is missing')
  expect(said[0]).not.toContain('secret')
  expect(readdirSync(folder)).toEqual([])
})

test('a folder that cannot be written is a sentence without the token', () => {
  const said: string[] = []
  const onFailed = (sentence: string) => said.push(sentence)
  openSystemBrowser({ url, folder: join(folder, 'none'), clock: settableClock(), onFailed })
  expect(said.join()).toContain('open the printed address yourself')
  expect(said.join()).not.toContain('secret')
})

test('the folder is the home folder on Linux, where packed browsers may look, and the data folder elsewhere', () => {
  expect(linkFolder('/data', 'linux')).toBe(homedir())
  expect(linkFolder('/data', 'darwin')).toBe('/data')
})
