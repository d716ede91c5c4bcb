import type { Keychain, KeychainFacts, KeychainTrouble } from '../keychain.ts'

/** A keychain of a test's own: its entries can be looked at, and how it fares can be set. */
export function memoryKeychain(): {
  keychain: Keychain
  entries: Map<string, string>
  desk: { facts: KeychainFacts }
} {
  const entries = new Map<string, string>()
  const desk: { facts: KeychainFacts } = {
    facts: { backend: 'Test Keyring', isUnencrypted: false, trouble: null },
  }
  const answer = <T>(work: () => T): Promise<T | KeychainTrouble> =>
    Promise.resolve(desk.facts.trouble ?? work())
  const keychain: Keychain = {
    get: (account) =>
      answer(() => {
        const value = entries.get(account)
        return value === undefined ? ({ state: 'missing' } as const) : ({ state: 'present', value } as const)
      }),
    set: (account, value) =>
      answer(() => {
        entries.set(account, value)
        return { state: 'done' } as const
      }),
    delete: (account) => answer(() => ({ state: entries.delete(account) ? 'done' : 'missing' }) as const),
    facts: () => Promise.resolve(desk.facts),
    close: () => undefined,
  }
  return { keychain, entries, desk }
}
