import { describe, expect, test } from 'vitest'
import { createCredentialReader } from './credential.ts'
import { openKeychain } from './keychain.ts'
import type { KeytarCalls } from './keychain.ts'

function keytarOf(entries: Map<string, string>): KeytarCalls {
  return {
    getPassword: (service, account) => Promise.resolve(entries.get(`${service}/${account}`) ?? null),
    setPassword: (service, account, password) => {
      entries.set(`${service}/${account}`, password)
      return Promise.resolve()
    },
    deletePassword: (service, account) => Promise.resolve(entries.delete(`${service}/${account}`)),
  }
}

describe('keychain', () => {
  test('keeps, gives and forgets a value under our own service name', async () => {
    const entries = new Map<string, string>()
    const keychain = openKeychain({ load: () => Promise.resolve(keytarOf(entries)) })
    expect(await keychain.get('eth')).toEqual({ state: 'missing' })
    expect(await keychain.set('eth', 'value')).toEqual({ state: 'done' })
    expect([...entries.keys()]).toEqual(['intent-console/eth'])
    expect(await keychain.get('eth')).toEqual({ state: 'present', value: 'value' })
    expect(await keychain.delete('eth')).toEqual({ state: 'done' })
    expect(await keychain.delete('eth')).toEqual({ state: 'missing' })
  })

  test.each([
    [new Error('libsecret-1.so.0: cannot open shared object file'), /install libsecret/],
    [new Error('Failed to load keytar native addon, checked []'), /install libsecret/],
    [new Error('Cannot autolaunch D-Bus without X11 $DISPLAY'), /did not answer: Cannot autolaunch/],
  ])('is unavailable, with a sentence, when it answers %s', async (error, sentence) => {
    const keychain = openKeychain({ load: () => Promise.reject(error) })
    for (const answer of [
      await keychain.get('a'),
      await keychain.set('a', 'b'),
      await keychain.delete('a'),
    ]) {
      expect(answer).toMatchObject({ state: 'unavailable', why: expect.stringMatching(sentence) as string })
    }
  })

  test('asks one thing at a time, also after one was given up', async () => {
    let running = 0
    let most = 0
    const releases: (() => void)[] = []
    const slow: KeytarCalls = {
      ...keytarOf(new Map()),
      getPassword: async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise<void>((resolve) => releases.push(resolve))
        running -= 1
        return 'value'
      },
    }
    const keychain = openKeychain({ load: () => Promise.resolve(slow), answerMs: 1 })
    expect(await keychain.get('a')).toMatchObject({
      state: 'unavailable',
      why: expect.stringContaining('0.001') as string,
    })
    expect(await keychain.get('b')).toMatchObject({ state: 'unavailable' })
    expect([running, most, releases.length]).toEqual([1, 1, 1])
  })
})

describe('credential', () => {
  const base = { id: 'eth', system: 'fusion', url: 'http://127.0.0.1:1' } as const
  const told: string[] = []
  const read = createCredentialReader({
    env: { KEY: 'from env' },
    keychain: openKeychain({
      load: () => Promise.resolve(keytarOf(new Map([['intent-console/eth', 'from keychain']]))),
    }),
    onUnavailable: (sentence) => told.push(sentence),
  })

  test.each([
    ['none', null],
    ['env:KEY', 'from env'],
    ['env:ELSE', null],
    ['keychain', 'from keychain'],
  ])('%s gives %j', async (credential, expected) => {
    expect(await read({ ...base, credential })).toBe(expected)
  })

  test('a keychain that cannot be asked gives none and one sentence', async () => {
    const readNone = createCredentialReader({
      env: {},
      keychain: openKeychain({ load: () => Promise.reject(new Error('libsecret missing')) }),
      onUnavailable: (sentence) => told.push(sentence),
    })
    expect(await readNone({ ...base, credential: 'keychain' })).toBeNull()
    expect(told).toEqual([expect.stringMatching(/^No credential for the connection eth: /)])
  })
})
