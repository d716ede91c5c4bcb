import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  lastUsedProfile,
  rememberProfile,
  savedProfile,
  savedProfiles,
  saveProfile,
} from './savedProfiles.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'profiles-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

function text(name: string, more: object = {}): string {
  return JSON.stringify({ name, environment: 'staging', connections: [], ...more })
}

test('what was saved is listed and read back; saving again replaces it', async () => {
  expect(await savedProfiles(dir)).toEqual([])
  expect(await saveProfile(dir, text('Staging one'))).toBe('Staging one')
  await saveProfile(dir, text('Staging one', { readOnly: true }))
  expect((await savedProfiles(dir)).map(({ name }) => name)).toEqual(['Staging one'])
  expect(await savedProfile(dir, 'Staging one')).toMatchObject({ readOnly: true })
})

test('a name leads nowhere outside the folder', async () => {
  await saveProfile(join(dir, 'profiles'), text('../../etc/passwd'))
  expect(readdirSync(dir)).toEqual(['profiles'])
  expect(readdirSync(join(dir, 'profiles'))).toEqual(['-etc-passwd.json'])
})

test('two names that would share a file are told apart, and demo is taken', async () => {
  await saveProfile(dir, text('a b'))
  await expect(saveProfile(dir, text('a-b'))).rejects.toThrow('taken by “a b”')
  await expect(saveProfile(dir, text('Demo'))).rejects.toMatchObject({ code: 'usage' })
})

test('a bad profile is not saved', async () => {
  await expect(saveProfile(dir, '{}')).rejects.toMatchObject({ code: 'usage' })
  expect(readdirSync(dir)).toEqual([])
})

test('an unknown name is told with the known ones', async () => {
  await saveProfile(dir, text('one'))
  await expect(savedProfile(dir, 'two')).rejects.toMatchObject({ code: 'not-found', tip: 'Saved here: one.' })
})

test('what a folder was last used with is remembered', async () => {
  expect(await lastUsedProfile(dir)).toBeNull()
  const profile = { name: 'x', environment: 'sandbox' as const, connections: [] }
  await rememberProfile(dir, { isDemo: true, profile })
  expect(await lastUsedProfile(dir)).toEqual({ isDemo: true, profile })
})
