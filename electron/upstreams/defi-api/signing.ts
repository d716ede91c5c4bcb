import { createHash, createPrivateKey, createPublicKey, randomUUID, sign, type KeyObject } from 'node:crypto'
import { Failure } from '../../../shared/api/failure.ts'
import type { SentRequest } from '../kit/http.ts'

/** Shortest RSA modulus that is accepted, bits: below it a key protects nothing. */
const SHORTEST_MODULUS = 1_024

/** How a partner's public key is written before it is hashed into its name. */
export type PublicKeyForm = 'pkcs1' | 'spki'

/** How requests are signed. */
export interface Signing {
  nowMs: () => number
  /** The page says "public key" only; Changelly's code samples hash the PKCS#1 form. */
  publicKeyForm: PublicKeyForm
}

/**
 * The four headers of a signed request (docs.changelly.com/defi/auth). Time and nonce are not part of what is signed; both
 * are sent with every request, though the page asks for the nonce with POST only. Fails with `usage` for a bad key.
 */
export function signedHeaders(
  pem: string,
  request: SentRequest,
  { nowMs, publicKeyForm }: Signing,
): Record<string, string> {
  const key = privateKeyOf(pem)
  const publicKey = createPublicKey(key).export({ type: publicKeyForm, format: 'der' })
  return {
    'x-api-key': createHash('sha256').update(publicKey).digest('base64'),
    'x-api-signature': sign('sha256', Buffer.from(signedText(request)), key).toString('base64'),
    'x-api-timestamp': String(Math.floor(nowMs() / 1_000)),
    'x-api-nonce': randomUUID(),
  }
}

/** `METHOD:PATH:QUERY:BODY`: the query sorted by key, the body with sorted keys; empty where there is none. */
export function signedText({ method, url, body }: SentRequest): string {
  const { pathname, search } = new URL(url)
  const query = search.slice(1).split('&').sort(byKey).join('&')
  return [method, pathname, query, body ?? ''].join(':')
}

/** A private key for RSA from its PEM, line breaks as such or written `\n`. Fails with `usage`, without a word of the key. */
export function privateKeyOf(pem: string): KeyObject {
  const key = parsedKey(pem.replaceAll(String.raw`\n`, '\n').trim())
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0
  if (key?.asymmetricKeyType === 'rsa' && bits >= SHORTEST_MODULUS) return key
  throw new Failure('usage', 'The credential is not an RSA private key in PEM.', {
    tip: 'Set the private key again: a text that begins with “-----BEGIN PRIVATE KEY-----” or “-----BEGIN RSA PRIVATE KEY-----”.',
  })
}

/** Node's own error may quote what it could not read, so it goes no further. */
function parsedKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch {
    return null
  }
}

function byKey(one: string, other: string): number {
  const [a = ''] = one.split('=')
  const [b = ''] = other.split('=')
  return a < b ? -1 : a > b ? 1 : 0
}
