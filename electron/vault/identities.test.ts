import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openExpectedAccounts } from './expectedAccounts.ts'
import { Identities, IDENTITY_ACCOUNT } from './identities.ts'
import { memoryKeychain } from './testing/memoryKeychain.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function identitiesWith() {
  const folder = mkdtempSync(join(tmpdir(), 'identities-'))
  folders.push(folder)
  const { keychain, entries, desk } = memoryKeychain()
  const options = { keychain, accounts: openExpectedAccounts(folder), nowMs: () => 1_700_000_000_000 }
  return { identities: new Identities(options), again: () => new Identities(options), entries, desk, folder }
}

function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const x = Buffer.from(publicKey, 'hex').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'))
}

test('an identity is made once, kept in the keychain alone, and signs after a restart', async () => {
  const { identities, again, entries, folder } = identitiesWith()
  expect(await identities.held()).toEqual([])
  const ada = await identities.create('Ada')
  expect(ada).toEqual({ name: 'Ada', publicKey: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
  expect([...entries.keys()]).toEqual([IDENTITY_ACCOUNT])
  const later = again()
  expect(await later.own('somebody')).toEqual(ada)
  const signature = await later.sign(ada.publicKey, 'text')
  expect(isSignedBy(ada.publicKey, 'text', signature)).toBe(true)
  expect(isSignedBy(ada.publicKey, 'another text', signature)).toBe(false)
  const [{ privateKey }] = JSON.parse(entries.get(IDENTITY_ACCOUNT) ?? '') as [{ privateKey: string }]
  expect(JSON.stringify([ada, await later.held()])).not.toContain(privateKey)
  for (const file of readdirSync(folder)) {
    expect(readFileSync(join(folder, file), 'utf8')).not.toContain(privateKey)
  }
})

test('a second one is kept beside the first, and none is written over', async () => {
  const { identities } = identitiesWith()
  const ada = await identities.create('Ada')
  await expect(identities.create('Ada')).rejects.toThrow('There is an identity “Ada” already.')
  const desk = await identities.create('Ada at the desk')
  expect(await identities.held()).toEqual([ada, desk])
  expect(await identities.own('anybody')).toEqual(ada)
})

test('without a keychain one is held in memory until the console quits, and none is made to stay', async () => {
  const { identities, again, entries, desk } = identitiesWith()
  desk.facts.trouble = { state: 'unavailable', why: 'There is none.', tip: '' }
  await expect(identities.create('Ada')).rejects.toThrow('There is none.')
  const own = await identities.own('ada')
  expect(await identities.own('ada')).toEqual(own)
  expect(isSignedBy(own.publicKey, 'text', await identities.sign(own.publicKey, 'text'))).toBe(true)
  expect([...entries.keys()]).toEqual([])
  expect(await again().held()).toEqual([])
})

test('a locked keychain is not taken for an empty one, and a weak one is asked about', async () => {
  const { identities, again, desk } = identitiesWith()
  desk.facts = { ...desk.facts, isUnencrypted: true }
  await expect(identities.create('Ada')).rejects.toThrow('without a password')
  const ada = await identities.create('Ada', 'unencrypted')
  desk.facts.trouble = { state: 'locked', why: 'It is locked.', tip: 'Unlock it.' }
  await expect(identities.own('Ada')).rejects.toThrow('It is locked.')
  await expect(identities.sign(ada.publicKey, 'text')).rejects.toThrow('It is locked.')
  desk.facts.trouble = { state: 'unavailable', why: 'It is gone.', tip: '' }
  await expect(again().own('Ada')).rejects.toThrow('It is gone.')
})

test('an entry that somebody else has written is neither used nor written over', async () => {
  const { identities, entries } = identitiesWith()
  entries.set(IDENTITY_ACCOUNT, 'mine')
  await expect(identities.held()).rejects.toThrow('is not what was put there')
  await expect(identities.create('Ada')).rejects.toThrow('is not what was put there')
  expect(entries.get(IDENTITY_ACCOUNT)).toBe('mine')
})

test('nobody signs for a key that is not here', async () => {
  const { identities } = identitiesWith()
  await expect(identities.sign('0'.repeat(64), 'text')).rejects.toThrow(
    'No identity here has this public key.',
  )
})
