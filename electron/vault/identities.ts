import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { WeakPlace } from '../../shared/api/credential.ts'
import { Failure } from '../../shared/api/failure.ts'
import { z } from 'zod'
import type { ExpectedAccounts } from './expectedAccounts.ts'
import type { Keychain, KeychainTrouble } from './keychain.ts'

/** The half of a person's identity that anybody may know. */
export interface Identity {
  /** For people to read; nothing is decided by it. */
  name: string
  /** Ed25519, 64 hexadecimal digits, lower case. */
  publicKey: string
}

/** What identities are kept with. */
export interface IdentitiesOptions {
  keychain: Keychain
  accounts: ExpectedAccounts
  nowMs: () => number
}

/** The account in the keychain; no connection can be called so, since a name of one has no space. */
export const IDENTITY_ACCOUNT = 'operator identity'

/** Most identities of one person on one computer: two hats are rare, and a keychain's value is short. */
const MOST_IDENTITIES = 8

const keptSchema = z.array(z.object({ name: z.string(), privateKey: z.string().regex(/^[0-9a-f]{64}$/) }))

/** An identity whole; its private key never leaves this file but into the keychain. */
interface KeptIdentity extends Identity {
  privateKey: string
}

/** Who sits at this computer, as key pairs: others learn the public halves and get signatures. */
export class Identities {
  readonly #options: IdentitiesOptions
  /** Made where no keychain keeps them; gone when the console quits. */
  readonly #memory: KeptIdentity[] = []

  constructor(options: IdentitiesOptions) {
    this.#options = options
  }

  /** All identities here, the console's own first. Fails with `closed` when the keychain is locked. */
  async held(): Promise<Identity[]> {
    return [...(await this.#kept()), ...this.#memory].map(withoutPrivateKey)
  }

  /** The identity in whose name this console asks; made in memory when there is none. Fails with `closed`. */
  async own(name: string): Promise<Identity> {
    const [own] = await this.held()
    if (own !== undefined) return own
    const made = madeIdentity(name)
    this.#memory.push(made)
    return withoutPrivateKey(made)
  }

  /** Makes an identity and keeps it in the keychain. Fails with `usage` for a name that is taken, with `closed` where it cannot be kept. */
  async create(name: string, accepts?: WeakPlace): Promise<Identity> {
    const { backend, isUnencrypted, trouble } = await this.#options.keychain.facts()
    if (trouble !== null) throw troubleFailure(trouble)
    if (isUnencrypted && accepts !== 'unencrypted') {
      throw new Failure('closed', `${backend} keeps its keyring without a password.`, {
        tip: 'Give it one, or agree with --accept unencrypted.',
      })
    }
    const kept = await this.#kept()
    if (kept.some((one) => one.name === name)) {
      throw new Failure('usage', `There is an identity “${name}” already.`, {
        tip: 'Give another name; an identity is never written over.',
      })
    }
    if (kept.length >= MOST_IDENTITIES) {
      throw new Failure('usage', `There are ${MOST_IDENTITIES} identities already, and no more are kept.`)
    }
    const made = madeIdentity(name)
    const value = JSON.stringify(
      [...kept, made].map((one) => ({ name: one.name, privateKey: one.privateKey })),
    )
    const change = await this.#options.keychain.set(IDENTITY_ACCOUNT, value)
    if (change.state === 'locked' || change.state === 'unavailable') throw troubleFailure(change)
    await this.#options.accounts.add(IDENTITY_ACCOUNT, this.#options.nowMs())
    return withoutPrivateKey(made)
  }

  /** Signs a text in the name of an identity that is held here; 128 hexadecimal digits. Fails with `not-found` or `closed`. */
  async sign(publicKey: string, text: string): Promise<string> {
    const found = [...(await this.#kept()), ...this.#memory].find((one) => one.publicKey === publicKey)
    if (found === undefined) throw new Failure('not-found', 'No identity here has this public key.')
    return sign(null, Buffer.from(text), privateKeyOf(found.privateKey)).toString('hex')
  }

  async #kept(): Promise<KeptIdentity[]> {
    const answer = await this.#options.keychain.get(IDENTITY_ACCOUNT)
    switch (answer.state) {
      case 'present':
        return read(answer.value)
      case 'locked':
        throw troubleFailure(answer)
      case 'unavailable':
        // Where nothing was ever kept, there is nothing but what was made in memory.
        if (await this.#options.accounts.has(IDENTITY_ACCOUNT)) throw troubleFailure(answer)
        return []
      case 'missing':
        return []
    }
  }
}

function troubleFailure({ why, tip }: KeychainTrouble): Failure {
  return new Failure('closed', why, { tip, isRetryable: true })
}

function read(value: string): KeptIdentity[] {
  const parsed = keptSchema.safeParse(jsonOrNull(value))
  if (!parsed.success) {
    throw new Failure(
      'closed',
      `The entry “${IDENTITY_ACCOUNT}” in the keychain is not what was put there.`,
      {
        tip: 'Look at it with the keychain’s own program.',
      },
    )
  }
  return parsed.data.map(({ name, privateKey }) => ({ name, privateKey, publicKey: publicKeyOf(privateKey) }))
}

function madeIdentity(name: string): KeptIdentity {
  const { d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  const privateKey = Buffer.from(d, 'base64url').toString('hex')
  return { name, privateKey, publicKey: publicKeyOf(privateKey) }
}

/** What stands before the 32 bytes of a private ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8_HEAD = '302e020100300506032b657004220420'

function privateKeyOf(hex: string): ReturnType<typeof createPrivateKey> {
  return createPrivateKey({ key: Buffer.from(PKCS8_HEAD + hex, 'hex'), format: 'der', type: 'pkcs8' })
}

function publicKeyOf(privateKey: string): string {
  const { x = '' } = createPublicKey(privateKeyOf(privateKey)).export({ format: 'jwk' })
  return Buffer.from(x, 'base64url').toString('hex')
}

function withoutPrivateKey({ name, publicKey }: KeptIdentity): Identity {
  return { name, publicKey }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
