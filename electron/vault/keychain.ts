import { createTurns } from './turns.ts'

/** Name under which entries stand in the keychain; the account is the connection's. */
const SERVICE = 'intent-console'

/** Patience with a keychain that asks its owner for a password first, milliseconds. */
const ANSWER_MS = 30_000

/** What the platform's keychain said about one account. Values go in and to the wire; screens learn the state only. */
type KeychainAnswer =
  | { state: 'present'; value: string }
  /** The keychain gave nothing. A locked Secret Service answers the same way as one without the entry. */
  | { state: 'missing' }
  | { state: 'unavailable'; why: string }

/** What became of a change in the keychain. */
type KeychainChange = { state: 'done' } | { state: 'missing' } | { state: 'unavailable'; why: string }

/** The platform's keychain, one request at a time, each with a time limit. Never throws. */
export interface Keychain {
  get: (account: string) => Promise<KeychainAnswer>
  set: (account: string, value: string) => Promise<KeychainChange>
  delete: (account: string) => Promise<KeychainChange>
}

/** The three calls of keytar that are used. `findCredentials` can end the process and stays out. */
export interface KeytarCalls {
  getPassword: (service: string, account: string) => Promise<string | null>
  setPassword: (service: string, account: string, password: string) => Promise<void>
  deletePassword: (service: string, account: string) => Promise<boolean>
}

/** Opens the keychain on first use; where none answers, every answer is `unavailable` and says why. */
export function openKeychain(
  options: { load?: () => Promise<KeytarCalls>; answerMs?: number } = {},
): Keychain {
  const { load = loadKeytar, answerMs = ANSWER_MS } = options
  const inTurn = createTurns(answerMs)

  async function ask<T>(
    call: (keytar: KeytarCalls) => Promise<T>,
  ): Promise<T | { state: 'unavailable'; why: string }> {
    try {
      return await inTurn(async () => call(await load()))
    } catch (error) {
      return { state: 'unavailable', why: whyUnavailable(error) }
    }
  }

  return {
    get: (account) =>
      ask<KeychainAnswer>(async (keytar) => {
        const value = await keytar.getPassword(SERVICE, account)
        return value === null ? { state: 'missing' } : { state: 'present', value }
      }),
    set: (account, value) =>
      ask<KeychainChange>(async (keytar) => {
        await keytar.setPassword(SERVICE, account, value)
        return { state: 'done' }
      }),
    delete: (account) =>
      ask<KeychainChange>(async (keytar) =>
        (await keytar.deletePassword(SERVICE, account)) ? { state: 'done' } : { state: 'missing' },
      ),
  }
}

/** Loaded late: its library is missing on some machines, and most commands need no credential. */
async function loadKeytar(): Promise<KeytarCalls> {
  const loaded = await import('keytar')
  return loaded.default
}

function whyUnavailable(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (/libsecret|native addon/i.test(message)) {
    return 'The keychain library is missing; on Linux install libsecret (libsecret-1-0) and a keyring such as gnome-keyring.'
  }
  return `The keychain did not answer: ${message.replace(/\.$/, '')}.`
}
