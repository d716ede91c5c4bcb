import { expect, test } from 'vitest'
import { openKeychain, type KeychainOptions } from './keychain.ts'
import type { KeytarCall } from './keytarCalls.ts'
import type { KeyringState } from './secretService.ts'

const OPEN: KeyringState = { state: 'open', backend: 'Test', isUnencrypted: false, why: '', tip: '' }
const LOCKED: KeyringState = { ...OPEN, state: 'locked', why: 'Test is locked.' }
const SILENT: KeyringState = { ...OPEN, state: 'unavailable', why: 'Test is silent.' }

/** A keychain over entries in memory, that gives nothing while its keyring is not open, as libsecret does. */
function keychainOver(more: Partial<KeychainOptions> = {}) {
  const entries = new Map<string, string>()
  const asked: string[] = []
  const desk = { keyring: OPEN, expected: new Set<string>() }
  const ask = (call: KeytarCall): Promise<string | null> => {
    asked.push(call.verb)
    if (desk.keyring.state !== 'open') return Promise.resolve(null)
    const before = entries.get(call.account) ?? null
    if (call.verb === 'set') entries.set(call.account, call.value)
    if (call.verb === 'delete') entries.delete(call.account)
    return Promise.resolve(before)
  }
  const keychain = openKeychain({
    calls: { ask, close: () => undefined },
    keyring: () => Promise.resolve(desk.keyring),
    isExpected: (account) => Promise.resolve(desk.expected.has(account)),
    platform: 'linux',
    ...more,
  })
  return { keychain, entries, asked, desk }
}

test('keeps, gives and forgets a value', async () => {
  const { keychain, entries } = keychainOver()
  expect(await keychain.get('eth')).toEqual({ state: 'missing' })
  expect(await keychain.set('eth', 'value')).toEqual({ state: 'done' })
  expect(await keychain.get('eth')).toEqual({ state: 'present', value: 'value' })
  expect(await keychain.delete('eth')).toEqual({ state: 'done' })
  expect(await keychain.delete('eth')).toEqual({ state: 'missing' })
  expect(entries.size).toBe(0)
})

test('nothing from a locked keyring is “locked”, and a value comes again once it is unlocked', async () => {
  const { keychain, desk } = keychainOver()
  await keychain.set('eth', 'value')
  desk.keyring = LOCKED
  const locked = { state: 'locked', why: 'Test is locked.', tip: '' }
  expect(await keychain.get('eth')).toEqual(locked)
  expect(await keychain.delete('eth')).toEqual(locked)
  desk.keyring = OPEN
  expect(await keychain.get('eth')).toEqual({ state: 'present', value: 'value' })
})

test('control: without a look at the keyring the same lock reads as “missing”', async () => {
  const { keychain, desk } = keychainOver({ keyring: null })
  await keychain.set('eth', 'value')
  desk.keyring = LOCKED
  expect(await keychain.get('eth')).toEqual({ state: 'missing' })
})

test('for one lock its owner is asked once, however often the value is read', async () => {
  const { keychain, asked, desk } = keychainOver()
  desk.keyring = LOCKED
  for (let reading = 0; reading < 5; reading += 1) await keychain.get('eth')
  expect(asked).toEqual(['get'])
  desk.keyring = OPEN
  await keychain.get('eth')
  desk.keyring = LOCKED
  await keychain.get('eth')
  expect(asked).toEqual(['get', 'get', 'get'])
})

test('a keyring that is silent is not asked for values at all', async () => {
  const { keychain, asked, desk } = keychainOver()
  desk.keyring = SILENT
  for (const answer of [await keychain.get('a'), await keychain.set('a', 'b'), await keychain.delete('a')]) {
    expect(answer).toEqual({ state: 'unavailable', why: 'Test is silent.', tip: '' })
  }
  expect(asked).toEqual([])
})

test.each(['closed', 'unknown'] as const)(
  'nothing from a keyring that is %s is “missing” only where nothing was expected',
  async (state) => {
    const { keychain, desk } = keychainOver()
    desk.keyring = { ...OPEN, state, why: 'Test has no open keyring.' }
    desk.expected.add('eth')
    expect(await keychain.get('eth')).toMatchObject({ state: 'unavailable' })
    expect(await keychain.get('other')).toEqual({ state: 'missing' })
  },
)

test('a value that comes back changed was not kept', async () => {
  const ask = (call: KeytarCall) => Promise.resolve(call.verb === 'get' ? 'cut' : null)
  const { keychain } = keychainOver({ calls: { ask, close: () => undefined } })
  expect(await keychain.set('eth', 'cut off')).toMatchObject({
    state: 'unavailable',
    why: expect.stringContaining('gives back another') as string,
  })
})

test.each([
  ['libsecret-1.so.0: cannot open shared object file', 'unavailable', 'The keychain library is missing.'],
  [
    'Cannot autolaunch D-Bus without X11 $DISPLAY',
    'unavailable',
    'The keychain did not answer: Cannot autolaunch D-Bus without X11 $DISPLAY.',
  ],
  ['User interaction is not allowed.', 'locked', 'The keychain is locked.'],
  ['Cannot create an item in a locked collection', 'locked', 'The keychain is locked.'],
])('the library’s “%s” is %s', async (said, state, why) => {
  const calls = { ask: () => Promise.reject(new Error(said)), close: () => undefined }
  const { keychain } = keychainOver({ calls, keyring: null })
  for (const answer of [await keychain.get('a'), await keychain.set('a', 'b'), await keychain.delete('a')]) {
    expect(answer).toMatchObject({ state, why })
  }
})
