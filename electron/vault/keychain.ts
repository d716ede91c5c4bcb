import type { KeytarCall, KeytarCalls } from './keytarCalls.ts'
import type { KeyringState } from './secretService.ts'

/** Why the keychain gives and takes nothing now, and what to do about it. */
export interface KeychainTrouble {
  state: 'locked' | 'unavailable'
  why: string
  tip: string
}

/** What the keychain said about one account. Values go in and to the wire; screens learn the state only. */
export type KeychainAnswer = { state: 'present'; value: string } | { state: 'missing' } | KeychainTrouble

/** What became of a change in the keychain. */
export type KeychainChange = { state: 'done' } | { state: 'missing' } | KeychainTrouble

/** What the keychain is and how it fares. */
export interface KeychainFacts {
  backend: string
  isUnencrypted: boolean
  /** Null when it gives and takes. */
  trouble: KeychainTrouble | null
}

/** The platform's keychain, one request at a time, each with a time limit. Never throws, never prompts twice for one lock. */
export interface Keychain {
  get: (account: string) => Promise<KeychainAnswer>
  /** Sets and reads back. Whoever calls this may be asked to unlock the keychain. */
  set: (account: string, value: string) => Promise<KeychainChange>
  delete: (account: string) => Promise<KeychainChange>
  facts: () => Promise<KeychainFacts>
  /** Ends what is under way; every later request is `unavailable`. */
  close: () => void
}

/** What a keychain is made of. */
export interface KeychainOptions {
  calls: KeytarCalls
  /** How a Linux keyring fares; null on platforms whose keychain says itself that it is locked. */
  keyring: (() => Promise<KeyringState>) | null
  /** Whether a value was set for an account and not cleared since. */
  isExpected: (account: string) => Promise<boolean>
  platform: NodeJS.Platform
}

/** An account that nobody uses: asking for it shows whether a keychain answers, and touches nothing. */
const PROBE_ACCOUNT = 'probe'

const GONE_KEYRING = {
  state: 'unavailable',
  why: 'The keyring that held this credential is not open.',
  tip: 'Open it (log in again, or open Passwords and Keys), or set the credential again.',
} as const

/** Opens the keychain on first use; where none answers, every answer is `unavailable` and says why. */
export function openKeychain(options: KeychainOptions): Keychain {
  return new PlatformKeychain(options)
}

class PlatformKeychain implements Keychain {
  readonly #options: KeychainOptions
  /** Whether the last answer was a value: then the next request needs no look at the keyring before it. */
  #isTrusted = false
  /** Whether the owner was asked to unlock the keyring since it was last seen open. */
  #hasAskedOwner = false

  constructor(options: KeychainOptions) {
    this.#options = options
  }

  async get(account: string): Promise<KeychainAnswer> {
    if (!this.#isTrusted) {
      const keyring = await this.#look()
      const trouble = troubleIn(keyring)
      if (trouble?.state === 'unavailable') return trouble
      if (trouble !== null && keyring?.state === 'locked') {
        if (this.#hasAskedOwner) return trouble
        this.#hasAskedOwner = true
      }
    }
    const answer = await this.#ask({ verb: 'get', account })
    this.#isTrusted = 'value' in answer && answer.value !== null
    if (!('value' in answer)) return answer
    if (answer.value !== null) return { state: 'present', value: answer.value }
    return this.#absence(account)
  }

  async set(account: string, value: string): Promise<KeychainChange> {
    const trouble = troubleIn(await this.#look())
    if (trouble?.state === 'unavailable') return trouble
    const answer = await this.#ask({ verb: 'set', account, value })
    if (!('value' in answer)) return answer
    const kept = await this.#ask({ verb: 'get', account })
    if (!('value' in kept)) return kept
    if (kept.value === value) return { state: 'done' }
    return {
      state: 'unavailable',
      why: 'The keychain took the value but gives back another.',
      tip: 'Look at the entry “intent-console” with the keychain’s own program.',
    }
  }

  async delete(account: string): Promise<KeychainChange> {
    const trouble = troubleIn(await this.#look())
    if (trouble?.state === 'unavailable') return trouble
    const answer = await this.#ask({ verb: 'delete', account })
    if (!('value' in answer)) return answer
    if (answer.value !== null) return { state: 'done' }
    const { state, ...more } = await this.#absence(account)
    return state === 'missing' ? { state } : ({ state, ...more } as KeychainTrouble)
  }

  async facts(): Promise<KeychainFacts> {
    const keyring = await this.#look()
    if (keyring === null) return this.#probed(nameOn(this.#options.platform))
    const { backend, isUnencrypted } = keyring
    if (keyring.state === 'unknown') return this.#probed(backend)
    return { backend, isUnencrypted, trouble: troubleIn(keyring) }
  }

  close(): void {
    this.#options.calls.close()
  }

  async #look(): Promise<KeyringState | null> {
    const keyring = (await this.#options.keyring?.()) ?? null
    if (keyring?.state !== 'locked') this.#hasAskedOwner = false
    return keyring
  }

  async #probed(backend: string): Promise<KeychainFacts> {
    const answer = await this.#ask({ verb: 'get', account: PROBE_ACCOUNT })
    if ('value' in answer) return { backend, isUnencrypted: false, trouble: null }
    return { backend: 'none', isUnencrypted: false, trouble: answer }
  }

  /** What it means that nothing came: a locked or closed keyring gives nothing too. */
  async #absence(account: string): Promise<{ state: 'missing' } | KeychainTrouble> {
    const keyring = await this.#look()
    if (keyring?.state !== 'closed' && keyring?.state !== 'unknown') {
      return troubleIn(keyring) ?? { state: 'missing' }
    }
    return (await this.#options.isExpected(account)) ? GONE_KEYRING : { state: 'missing' }
  }

  async #ask(call: KeytarCall): Promise<{ value: string | null } | KeychainTrouble> {
    try {
      return { value: await this.#options.calls.ask(call) }
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      return troubleIn(await this.#look()) ?? troubleSaid(said)
    }
  }
}

function troubleIn(keyring: KeyringState | null): KeychainTrouble | null {
  if (keyring === null || keyring.state === 'open' || keyring.state === 'unknown') return null
  const { state, why, tip } = keyring
  return { state: state === 'unavailable' ? state : 'locked', why, tip }
}

/** What the library's words mean, where the keyring itself had nothing to say. */
function troubleSaid(said: string): KeychainTrouble {
  if (/libsecret|native addon|cannot find (module|package)/i.test(said)) {
    const tip = 'On Linux install libsecret (libsecret-1-0) and a keyring such as gnome-keyring.'
    return { state: 'unavailable', why: 'The keychain library is missing.', tip }
  }
  if (/interaction is not allowed|user canceled|is locked|locked collection/i.test(said)) {
    return { state: 'locked', why: 'The keychain is locked.', tip: 'Unlock it, then try again.' }
  }
  const why = `The keychain did not answer: ${said.replace(/\.$/, '')}.`
  return {
    state: 'unavailable',
    why,
    tip: 'Try again; a credential, but no identity, may come from env:NAME instead.',
  }
}

function nameOn(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'macOS Keychain'
  return platform === 'win32' ? 'Windows Credential Manager' : 'Secret Service'
}
