import type { ConnectionId } from '../intent/ids.ts'

/** Longest credential, characters: four times an RSA key of 4,096 bits in PEM. */
export const LONGEST_CREDENTIAL = 16_384

/**
 * Where credentials are kept now. `keychain` the platform encrypts them · `unencrypted` the platform's keychain keeps them
 * readable on the disk · `memory` no keychain can be used, so they are held until the console quits.
 */
export type CredentialPlace = 'keychain' | 'unencrypted' | 'memory'

/** A place that is weaker than it should be: nothing is put there without consent. */
export type WeakPlace = Exclude<CredentialPlace, 'keychain'>

/** What the platform's keychain is and how it fares. */
export interface CredentialKeeping {
  place: CredentialPlace
  /** What answers, by its own name: `GNOME Keyring`, `KWallet`, `macOS Keychain`, `Windows Credential Manager`; `none`. */
  backend: string
  /** `locked` it is there and its owner must open it first · `unavailable` it does not answer or there is none. */
  state: 'ready' | 'locked' | 'unavailable'
  /** What is not as it should be, one sentence; empty when nothing is. */
  why: string
  /** What to do about it, one sentence; may be empty. */
  tip: string
}

/** The credential of one connection, without its value. */
export interface CredentialStatus {
  connection: ConnectionId
  /** Where the profile says that it comes from. */
  kind: 'none' | 'keychain' | 'env'
  /**
   * `present` can be used · `missing` was looked for and is not there · `locked`, `unavailable` the keychain cannot say ·
   * `not-needed` the profile gives none.
   */
  state: 'present' | 'missing' | 'locked' | 'unavailable' | 'not-needed'
  /** Where the value is that would be used now; null when there is none. */
  heldIn: 'keychain' | 'memory' | 'environment' | null
  /** When it was set here, epoch milliseconds; null when it was not, or nobody knows. */
  setAtMs: number | null
  /** One sentence; empty when present or not needed. */
  why: string
  /** What to do about it, one sentence; may be empty. */
  tip: string
}
