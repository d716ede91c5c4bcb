import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { takeFromEnvironment } from './environment.ts'
import { openExpectedAccounts } from './expectedAccounts.ts'
import type { KeychainTrouble } from './keychain.ts'
import { memoryKeychain } from './testing/memoryKeychain.ts'
import { Vault } from './vault.ts'

const NOW_MS = 1_700_000_000_000
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function vaultWith(env: NodeJS.ProcessEnv = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'vault-'))
  folders.push(folder)
  const { keychain, entries, desk } = memoryKeychain()
  const accounts = openExpectedAccounts(folder)
  const environment = takeFromEnvironment(env)
  return { vault: new Vault({ keychain, accounts, environment, nowMs: () => NOW_MS }), entries, desk, folder }
}

const eth = { id: 'eth', credential: 'keychain' } as const
const LOCKED: KeychainTrouble = { state: 'locked', why: 'It is locked.', tip: 'Unlock it.' }
const GONE: KeychainTrouble = { state: 'unavailable', why: 'There is none.', tip: '' }

test('a value goes in, its state and time come out, and only its reader gets it', async () => {
  const { vault, folder } = vaultWith()
  expect(await vault.status(eth)).toMatchObject({ state: 'missing', setAtMs: null })
  await vault.set({ connection: eth, value: 'hush' })
  const status = await vault.status(eth)
  expect(status).toMatchObject({ state: 'present', heldIn: 'keychain', setAtMs: NOW_MS, why: '' })
  expect(JSON.stringify(status)).not.toContain('hush')
  expect(readFileSync(join(folder, 'credentials.json'), 'utf8')).not.toContain('hush')
  expect(await vault.read(eth)).toBe('hush')
  expect(await vault.clear(eth)).toBe(true)
  expect(await vault.status(eth)).toMatchObject({ state: 'missing', setAtMs: null })
  expect(await vault.clear(eth)).toBe(false)
})

test('a value that was set here and is gone from the keychain says so', async () => {
  const { vault, entries } = vaultWith()
  await vault.set({ connection: eth, value: 'hush' })
  entries.clear()
  expect(await vault.status(eth)).toMatchObject({
    state: 'missing',
    setAtMs: NOW_MS,
    why: expect.stringContaining('no longer in the keychain') as string,
  })
})

test('without a keychain a value is held in memory only after consent, and never reaches the disk', async () => {
  const { vault, desk, folder } = vaultWith()
  desk.facts = { backend: 'none', isUnencrypted: false, trouble: GONE }
  expect(await vault.keeping()).toMatchObject({ place: 'memory', backend: 'none', why: 'There is none.' })
  await expect(vault.set({ connection: eth, value: 'hush' })).rejects.toMatchObject({ code: 'closed' })
  expect(await vault.read(eth)).toBeNull()
  await vault.set({ connection: eth, value: 'hush', accepts: 'memory' })
  expect(await vault.status(eth)).toMatchObject({ state: 'present', heldIn: 'memory' })
  expect(await vault.read(eth)).toBe('hush')
  expect(() => readFileSync(join(folder, 'credentials.json'))).toThrow(/ENOENT/)
  expect(await vault.clear(eth)).toBe(true)
  expect(await vault.read(eth)).toBeNull()
})

test('a locked keychain is neither overwritten nor forgotten', async () => {
  const { vault, desk, entries } = vaultWith()
  await vault.set({ connection: eth, value: 'hush' })
  desk.facts = { backend: 'Test Keyring', isUnencrypted: false, trouble: LOCKED }
  expect(await vault.keeping()).toMatchObject({ place: 'keychain', state: 'locked' })
  await expect(vault.set({ connection: eth, value: 'other' })).rejects.toThrow('It is locked.')
  await expect(vault.clear(eth)).rejects.toThrow('It is locked.')
  expect(await vault.status(eth)).toMatchObject({ state: 'locked', setAtMs: NOW_MS })
  expect(entries.get('eth')).toBe('hush')
})

test('a keychain that does not encrypt takes a value only after consent', async () => {
  const { vault, desk, entries } = vaultWith()
  desk.facts = { backend: 'Test Keyring', isUnencrypted: true, trouble: null }
  expect(await vault.keeping()).toMatchObject({ place: 'unencrypted', state: 'ready' })
  await expect(vault.set({ connection: eth, value: 'hush' })).rejects.toMatchObject({ code: 'closed' })
  expect(entries.size).toBe(0)
  await vault.set({ connection: eth, value: 'hush', accepts: 'unencrypted' })
  expect(entries.get('eth')).toBe('hush')
})

test.each([
  ['empty', ''],
  ['cut at a NUL', 'hu\0sh'],
  ['too long', 'x'.repeat(20_000)],
])('a value that would be %s is refused without being repeated', async (_, value) => {
  const { vault, entries } = vaultWith()
  const refused = vault.set({ connection: eth, value })
  await expect(refused).rejects.toMatchObject({ code: 'usage' })
  await refused.catch((error: unknown) => {
    expect(String(error)).not.toContain('hu')
  })
  expect(entries.size).toBe(0)
})

test('a credential from the environment is taken out of it and stays readable', async () => {
  const env: NodeJS.ProcessEnv = { KEY: 'hush', OTHER: 'left' }
  const { vault } = vaultWith(env)
  const connection = { id: 'eth', credential: 'env:KEY' }
  vault.take({
    name: 'x',
    environment: 'sandbox',
    connections: [{ ...connection, system: 'fusion', url: 'http://127.0.0.1:1' }],
  })
  expect(env).toEqual({ OTHER: 'left' })
  expect(await vault.read(connection)).toBe('hush')
  expect(await vault.status(connection)).toMatchObject({ state: 'present', heldIn: 'environment' })
  await expect(vault.set({ connection, value: 'x' })).rejects.toMatchObject({ code: 'usage' })
  const missing = { id: 'eth', credential: 'env:NOT_SET' }
  expect(await vault.read(missing)).toBeNull()
  expect(await vault.status(missing)).toMatchObject({ state: 'missing' })
})

test('a list of expected accounts that cannot be read makes every account expected', async () => {
  const { folder } = vaultWith()
  const accounts = openExpectedAccounts(folder)
  expect(await accounts.has('eth')).toBe(false)
  writeFileSync(join(folder, 'credentials.json'), '{"accounts": 7}')
  expect(await accounts.has('eth')).toBe(true)
  await accounts.add('eth', 5)
  expect([await accounts.has('eth'), await accounts.has('other')]).toEqual([true, false])
})
