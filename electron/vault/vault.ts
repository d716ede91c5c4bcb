import { Failure } from '../../shared/api/failure.ts'
import {
  LONGEST_CREDENTIAL,
  type CredentialKeeping,
  type CredentialStatus,
  type WeakPlace,
} from '../../shared/api/credential.ts'
import type { Profile, ProfileConnection } from '../../shared/api/profile.ts'
import { connectionId } from '../../shared/intent/ids.ts'
import type { EnvironmentCredentials } from './environment.ts'
import type { ExpectedAccounts } from './expectedAccounts.ts'
import { Identities } from './identities.ts'
import type { Keychain, KeychainFacts, KeychainTrouble } from './keychain.ts'

/** Whose credential it is and where the profile says that it comes from. */
export type CredentialOwner = Pick<ProfileConnection, 'id' | 'credential'>

/** What a vault is made of. */
export interface VaultOptions {
  keychain: Keychain
  accounts: ExpectedAccounts
  environment: EnvironmentCredentials
  nowMs: () => number
}

/** A value to be kept for a connection. */
export interface CredentialToKeep {
  connection: CredentialOwner
  value: string
  /** The weak place that a person agreed to. */
  accepts?: WeakPlace | undefined
}

/** All credentials of a console: values go in and to the adapters, everybody else learns only whether they are there. */
export class Vault {
  /** Who sits here, for approvals. */
  readonly identities: Identities
  readonly #options: VaultOptions
  /** What is kept without a keychain, until the console quits. */
  readonly #memory = new Map<string, { value: string; setAtMs: number }>()
  #lastKeeping: CredentialKeeping | null = null

  constructor(options: VaultOptions) {
    this.#options = options
    this.identities = new Identities(options)
  }

  /** Takes the credentials of a profile out of the environment, before anything is started that would inherit them. */
  take(profile: Profile): void {
    for (const { credential } of profile.connections) {
      const name = environmentName(credential)
      if (name !== null) this.#options.environment(name)
    }
  }

  /** The credential of a connection, read anew at each use; null when there is none or it cannot be had now. */
  async read({ id, credential }: CredentialOwner): Promise<string | null> {
    if (credential === 'none') return null
    const name = environmentName(credential)
    if (name !== null) return this.#options.environment(name)
    const held = this.#memory.get(id)
    if (held !== undefined) return held.value
    const answer = await this.#options.keychain.get(id)
    return answer.state === 'present' ? answer.value : null
  }

  /** Whether a connection has its credential, and if not, why. */
  async status({ id, credential }: CredentialOwner): Promise<CredentialStatus> {
    const blank = {
      connection: connectionId(id),
      heldIn: null,
      setAtMs: null,
      why: '',
      tip: '',
    } as const
    if (credential === 'none') return { ...blank, kind: 'none', state: 'not-needed' }
    const name = environmentName(credential)
    if (name !== null) return { ...blank, ...this.#environmentStatus(name) }
    const held = this.#memory.get(id)
    if (held !== undefined) {
      const { setAtMs } = held
      return { ...blank, kind: 'keychain', state: 'present', heldIn: 'memory', setAtMs }
    }
    const answer = await this.#options.keychain.get(id)
    const setAtMs = await this.#options.accounts.setAtMs(id)
    switch (answer.state) {
      case 'present':
        return { ...blank, kind: 'keychain', state: 'present', heldIn: 'keychain', setAtMs }
      case 'missing':
        return { ...blank, kind: 'keychain', state: 'missing', setAtMs, ...missing(id, setAtMs) }
      case 'locked':
      case 'unavailable':
        return { ...blank, kind: 'keychain', setAtMs, ...answer }
    }
  }

  /** Keeps a value. Fails with `usage` for one that no keychain can hold, with `closed` where it cannot or may not be kept. */
  async set({ connection, value, accepts }: CredentialToKeep): Promise<void> {
    refuseUnlessKept(connection)
    const problem = problemOf(value)
    if (problem !== null) throw new Failure('usage', problem)
    const { id } = connection
    const setAtMs = this.#options.nowMs()
    const keeping = await this.keeping()
    if (accepts === 'memory') {
      this.#memory.set(id, { value, setAtMs })
      return
    }
    if (keeping.place === 'unencrypted' && accepts !== 'unencrypted') throw consentFailure(keeping)
    const change = await this.#options.keychain.set(id, value)
    if (change.state === 'locked' || change.state === 'unavailable') throw troubleFailure(change)
    this.#memory.delete(id)
    await this.#options.accounts.add(id, setAtMs)
  }

  /** Forgets the value of a connection, wherever it is. Answers whether there was one; fails with `closed`. */
  async clear(connection: CredentialOwner): Promise<boolean> {
    refuseUnlessKept(connection)
    const wasHeld = this.#memory.delete(connection.id)
    const wasExpected = (await this.#options.accounts.setAtMs(connection.id)) !== null
    const change = await this.#options.keychain.delete(connection.id)
    if (change.state === 'locked' || change.state === 'unavailable') {
      // What was only held in memory is gone; the keychain never had it.
      if (wasHeld && !wasExpected) return true
      throw troubleFailure(change)
    }
    if (wasExpected) await this.#options.accounts.remove(connection.id)
    return wasHeld || change.state === 'done'
  }

  /** Where credentials are kept now; asks the keychain. */
  async keeping(): Promise<CredentialKeeping> {
    this.#lastKeeping = keepingOf(await this.#options.keychain.facts())
    return this.#lastKeeping
  }

  /** What `keeping` answered last, without asking; null before the first. */
  lastKeeping(): CredentialKeeping | null {
    return this.#lastKeeping
  }

  /** Ends what is under way with the keychain, for good. */
  close(): void {
    this.#options.keychain.close()
  }

  #environmentStatus(name: string): Pick<CredentialStatus, 'kind' | 'state' | 'heldIn' | 'why' | 'tip'> {
    if (this.#options.environment(name) !== null) {
      return { kind: 'env', state: 'present', heldIn: 'environment', why: '', tip: '' }
    }
    const why = `The environment variable ${name} is not set.`
    return { kind: 'env', state: 'missing', heldIn: null, why, tip: 'Set it and start the console again.' }
  }
}

/** The variable that a profile's `env:NAME` names; null for another kind of credential. */
function environmentName(credential: string): string | null {
  return credential.startsWith('env:') ? credential.slice('env:'.length) : null
}

function refuseUnlessKept({ id, credential }: CredentialOwner): void {
  if (credential === 'keychain') return
  const name = environmentName(credential)
  const [why, tip] =
    name === null
      ? [`The profile gives “${id}” no credential.`, 'Write "credential": "keychain" into the profile first.']
      : [`“${id}” reads its credential from the environment variable ${name}.`, 'Change it there.']
  throw new Failure('usage', why, { tip })
}

/** What is wrong with a value, without repeating it; null when nothing is. */
function problemOf(value: string): string | null {
  if (value === '') return 'An empty credential was given; use “clear” to forget one.'
  if (value.includes('\0')) return 'The credential holds a NUL, and keychains cut values there.'
  if (value.length <= LONGEST_CREDENTIAL) return null
  return `The credential is longer than ${String(LONGEST_CREDENTIAL)} characters.`
}

function keepingOf({ backend, isUnencrypted, trouble }: KeychainFacts): CredentialKeeping {
  if (trouble?.state === 'unavailable') return { ...trouble, place: 'memory', backend }
  const place = isUnencrypted ? 'unencrypted' : 'keychain'
  if (trouble !== null) return { ...trouble, place, backend }
  if (!isUnencrypted) return { place, backend, state: 'ready', why: '', tip: '' }
  const why = `${backend} keeps its keyring without a password: values can be read from the disk.`
  return { place, backend, state: 'ready', why, tip: 'Give the keyring a password in Passwords and Keys.' }
}

function missing(id: string, setAtMs: number | null): { why: string; tip: string } {
  const why =
    setAtMs === null
      ? `No credential is set for “${id}”.`
      : `The credential of “${id}” was set here and is no longer in the keychain.`
  return { why, tip: `Set it on Settings, or with \`intent-console credential set ${id}\`.` }
}

function troubleFailure({ state, why, tip }: KeychainTrouble): Failure {
  return new Failure('closed', why, {
    tip,
    facts: { keychain: state, accepts: 'memory' },
    isRetryable: true,
  })
}

function consentFailure({ why, tip }: CredentialKeeping): Failure {
  return new Failure('closed', why, { tip: `${tip} Or agree to it.`, facts: { accepts: 'unencrypted' } })
}
