import { secp256k1 } from '@noble/curves/secp256k1.js'
import { createHash } from 'node:crypto'
import { Failure } from '../../../shared/api/failure.ts'
import type { Http } from '../kit/http.ts'
import type { OfferedCredential } from '../kit/offeredCredential.ts'
import { readJson } from '../kit/exactJson.ts'
import { challengeAnswer, verifyAnswer } from './wire.ts'

/** A token that the gateway gave, and for how long it is good. */
export interface Token {
  value: string
  /** Epoch milliseconds by our clock; null when it does not say. */
  expiresAtMs: number | null
}

/** How it was signed in: what may be told of it. */
export interface SignedIn {
  token: Token
  /** The public key, 66 hex digits. */
  publicKey: string
}

const TIP_KEY = 'Set the 32-byte secp256k1 key in hex again (64 digits, with or without 0x).'

/** Codes with which a gateway says that it has no such end point, and so wants no token. */
const NOT_OFFERED = new Set([404, 405, 501])

/**
 * Signs in with a challenge and its signature. Null when no key is given, or the gateway does not offer it. The key is read,
 * used and forgotten here. Fails with `Failure`; `httpStatus` 401 says that this key is not let in.
 */
export async function signIn(
  http: Http,
  credential: OfferedCredential,
  { signal, nowMs }: { signal: AbortSignal; nowMs: () => number },
): Promise<SignedIn | null> {
  const hex = await credential.read()
  if (hex === null) return null
  const key = keyOf(hex)
  try {
    const publicKey = Buffer.from(secp256k1.getPublicKey(key)).toString('hex')
    const challenge = await challengeFor(http, publicKey, signal)
    if (challenge === null) return null
    const signature = secp256k1.sign(createHash('sha256').update(challenge, 'utf8').digest(), key).toDERHex()
    const answer = await http.post('/api/v1/auth/verify', { publicKey, signature }, signal)
    const { accessToken } = accepted(verifyAnswer.safeParse(bodyOf(answer)), 'verify')
    return { publicKey, token: { value: accessToken, expiresAtMs: expiryOf(accessToken, nowMs()) } }
  } finally {
    key.fill(0)
  }
}

async function challengeFor(http: Http, publicKey: string, signal: AbortSignal): Promise<string | null> {
  const answer = await http.post('/api/v1/auth/challenge', { publicKey }, signal)
  if (NOT_OFFERED.has(answer.status)) return null
  const { challenge, challengeString } = accepted(challengeAnswer.safeParse(bodyOf(answer)), 'challenge')
  // An older gateway gives only `challenge`.
  const text = challengeString || challenge
  if (!text) throw strange('gave an empty challenge')
  return text
}

function keyOf(hex: string): Uint8Array {
  const plain = hex.trim().replace(/^0x/i, '')
  const bytes = /^[0-9a-f]{64}$/i.test(plain) ? new Uint8Array(Buffer.from(plain, 'hex')) : new Uint8Array()
  if (bytes.length === 32 && secp256k1.utils.isValidPrivateKey(bytes)) return bytes
  const facts = { httpStatus: 401 }
  throw new Failure('upstream', 'The credential is not a secp256k1 key, so that nothing was sent.', {
    tip: TIP_KEY,
    facts,
  })
}

/** The body of an answer that lets us in; a 4xx says that this key is not let in. */
function bodyOf({ status, text }: { status: number; text: string }): unknown {
  if (status >= 400) {
    throw new Failure('upstream', `The gateway does not let this key in (HTTP ${status}).`, {
      tip: TIP_KEY,
      facts: { httpStatus: 401 },
    })
  }
  const read = readJson(text)
  if ('damage' in read) throw strange('did not answer in JSON')
  return read.value
}

function accepted<T>(parsed: { success: boolean; data?: T }, step: string): T {
  if (!parsed.success || parsed.data === undefined) throw strange(`answered without what ${step} promises`)
  return parsed.data
}

function strange(what: string): Failure {
  return new Failure('upstream', `Signing in failed: the gateway ${what}.`, {
    tip: 'Check `url` in the profile; it is tried again.',
    isRetryable: true,
  })
}

/**
 * When a token ends by our clock, if it is a JWT that says so. Its length of life counts where it says when it was made,
 * so that a clock that goes wrong does not matter.
 */
function expiryOf(token: string, nowMs: number): number | null {
  const read = readJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  const claims = 'value' in read ? read.value : null
  if (typeof claims !== 'object' || claims === null) return null
  const { exp, iat } = claims as { exp?: unknown; iat?: unknown }
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return null
  const isLength = typeof iat === 'number' && exp > iat
  return isLength ? nowMs + (exp - iat) * 1_000 : exp * 1_000
}
