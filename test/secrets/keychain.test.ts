import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openKeychain } from '../../electron/vault/keychain.ts'
import { startKeytarChild } from '../../electron/vault/keytarChild.ts'
import { openVault } from '../../electron/vault/open.ts'
import type { Vault } from '../../electron/vault/vault.ts'
import { openKeyringSession, type KeyringSession } from './keyringSession.ts'
import { isSkippedWithout } from './needs.ts'

const KEYCHAIN = new URL('../../electron/keychain.ts', import.meta.url)
const eth = { id: 'eth', credential: 'keychain' } as const
/** Several processes start in each test, on a machine that may be busy, milliseconds. */
const BUSY_MS = 60_000
const isLinux = process.platform === 'linux'

const closing: (() => void | Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function session(isPlain = false): Promise<KeyringSession> {
  const opened = await openKeyringSession(isPlain)
  closing.push(() => opened.close())
  return opened
}

function vaultIn(env: NodeJS.ProcessEnv, dataDir: string): Vault {
  const vault = openVault({ dataDir, keychainUrl: KEYCHAIN, env: { ...env }, nowMs: Date.now })
  closing.push(() => {
    vault.close()
  })
  return vault
}

describe.skipIf(!isLinux || isSkippedWithout('dbus-daemon', 'gnome-keyring-daemon', 'gdbus'))(
  'S4 with a real gnome-keyring',
  { timeout: BUSY_MS },
  () => {
    test('open: a value is kept, given and forgotten, and the keyring is named', async () => {
      const { env, folder } = await session()
      const vault = vaultIn(env, join(folder, 'data'))
      expect(await vault.keeping()).toEqual({
        place: 'keychain',
        backend: 'GNOME Keyring',
        state: 'ready',
        why: '',
        tip: '',
      })
      expect(await vault.status(eth)).toMatchObject({ state: 'missing', setAtMs: null })
      const value = 'ключ 🔑\nsecond line "\'\\'
      await vault.set({ connection: eth, value })
      expect(await vault.read(eth)).toBe(value)
      expect(await vault.status(eth)).toMatchObject({ state: 'present', heldIn: 'keychain' })
      expect(await vault.clear(eth)).toBe(true)
      expect(await vault.read(eth)).toBeNull()
    })

    test('locked: it says so, keeps what it has, and gives it again when it is unlocked', async () => {
      const { env, folder, lock, unlock } = await session()
      const vault = vaultIn(env, join(folder, 'data'))
      await vault.set({ connection: eth, value: 'first' })
      await lock()
      expect(await vault.keeping()).toMatchObject({ state: 'locked', backend: 'GNOME Keyring' })
      expect(await vault.status(eth)).toMatchObject({ state: 'locked', why: 'GNOME Keyring is locked.' })
      // The prompt that asks to unlock it cannot be shown here, which is the same as being dismissed.
      await expect(vault.set({ connection: eth, value: 'second' })).rejects.toThrow('is locked')
      await expect(vault.clear(eth)).rejects.toThrow('is locked')
      await vault.set({ connection: eth, value: 'for now', accepts: 'memory' })
      expect(await vault.read(eth)).toBe('for now')
      await unlock()
      const later = vaultIn(env, join(folder, 'data'))
      expect(await later.read(eth)).toBe('first')
    })

    test('control: without the question to the Secret Service the locked value reads as missing', async () => {
      const { env, folder, lock } = await session()
      await vaultIn(env, join(folder, 'data')).set({ connection: eth, value: 'first' })
      await lock()
      const naive = openKeychain({
        calls: startKeytarChild({ url: KEYCHAIN, env }),
        keyring: null,
        isExpected: () => Promise.resolve(true),
        platform: 'linux',
      })
      closing.push(() => {
        naive.close()
      })
      expect(await naive.get('eth')).toEqual({ state: 'missing' })
    })

    test('stopped: it is unavailable within seconds, and so is nothing else', async () => {
      const { env, folder, freeze, thaw } = await session()
      const vault = vaultIn(env, join(folder, 'data'))
      await vault.set({ connection: eth, value: 'first' })
      freeze()
      const stopped = vaultIn(env, join(folder, 'data'))
      expect(await stopped.status(eth)).toMatchObject({
        state: 'unavailable',
        why: 'The keyring does not answer.',
      })
      expect(await stopped.keeping()).toMatchObject({ place: 'memory', state: 'unavailable' })
      thaw()
      expect(await stopped.read(eth)).toBe('first')
    })

    test('stopped under a call: the call is given up, and neither it nor the end of the process hangs', async () => {
      const { env, folder, freeze, thaw } = await session()
      const vault = openVault({
        dataDir: join(folder, 'data'),
        keychainUrl: KEYCHAIN,
        env: { ...env },
        nowMs: Date.now,
        answerMs: 3_000,
      })
      closing.push(() => {
        vault.close()
      })
      await vault.set({ connection: eth, value: 'first' })
      expect(await vault.read(eth)).toBe('first')
      // After a good answer the next reading goes straight to the library, which would wait for 50 s.
      freeze()
      expect(await vault.status(eth)).toMatchObject({ state: 'unavailable' })
      thaw()
      expect(await vault.read(eth)).toBe('first')
    })

    test('not encrypted: it is found out, named, and used after consent only', async () => {
      const { env, folder } = await session(true)
      const vault = vaultIn(env, join(folder, 'data'))
      expect(await vault.keeping()).toMatchObject({ place: 'unencrypted', backend: 'GNOME Keyring' })
      await expect(vault.set({ connection: eth, value: 'plainly' })).rejects.toMatchObject({ code: 'closed' })
      expect(await vault.read(eth)).toBeNull()
      await vault.set({ connection: eth, value: 'plainly', accepts: 'unencrypted' })
      expect(await vault.read(eth)).toBe('plainly')
      // What makes it weak, seen with one's own eyes.
      const file = join(folder, 'xdg_data_home', 'keyrings', 'plain.keyring')
      expect(readFileSync(file, 'utf8')).toContain('plainly')
    })
  },
)

test.skipIf(!isLinux)('S4 without D-Bus: unavailable, and memory after consent', async () => {
  const env = { PATH: process.env['PATH'], HOME: '/nowhere', XDG_RUNTIME_DIR: '/nowhere' }
  const vault = vaultIn(env, '/nowhere/data')
  const keeping = await vault.keeping()
  expect(keeping).toMatchObject({ place: 'memory', backend: 'none', state: 'unavailable' })
  expect(keeping.why).not.toBe('')
  await expect(vault.set({ connection: eth, value: 'x' })).rejects.toMatchObject({ code: 'closed' })
  await vault.set({ connection: eth, value: 'x', accepts: 'memory' })
  expect(await vault.read(eth)).toBe('x')
})
