import { createHash, generateKeyPairSync, randomBytes, verify } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { normalisedBody } from './request.ts'
import type { SandboxClock } from '../kit/clock.ts'

/** How far a time stamp may be off, milliseconds: the page names no skew; five minutes are usual for signed requests. */
const SKEW_MS = 5 * 60_000

/** Nonces that are remembered: some hundred a second for as long as a time stamp is good. */
const MOST_NONCES = 60_000

/** A request as it came. */
export interface Asked {
  method: string
  /** Path and query. */
  url: string
  body: string
  headers: IncomingHttpHeaders
}

/** Lets in whoever shows the right thing; answers why not, or null. */
export interface Doorkeeper {
  /** X-Api-Key, on every request. */
  affiliate: (asked: Asked) => string | null
  /** X-Api-Key where one is given. */
  execution: (asked: Asked) => string | null
  /** Four headers, signed with RSA. */
  signed: (asked: Asked) => string | null
  apiKey: string
  /** PEM. */
  privateKey: string
}

/** A doorkeeper with keys of its own, invented for this run. */
export function createDoorkeeper(clock: SandboxClock): Doorkeeper {
  const apiKey = randomBytes(24).toString('base64url')
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const name = createHash('sha256')
    .update(publicKey.export({ type: 'pkcs1', format: 'der' }))
    .digest('base64')
  const nonces = new Set<string>()

  function affiliate({ headers }: Asked): string | null {
    return headers['x-api-key'] === apiKey ? null : 'invalid API key'
  }

  function signed({ method, url, body, headers }: Asked): string | null {
    const [key, signature, stamp, nonce] = [
      'x-api-key',
      'x-api-signature',
      'x-api-timestamp',
      'x-api-nonce',
    ].map((header) => String(headers[header] ?? ''))
    if (key !== name) return 'unknown x-api-key'
    const seconds = Number(stamp)
    const stampMs = seconds > 1e11 ? seconds : seconds * 1_000
    if (!(Math.abs(clock.nowMs() - stampMs) <= SKEW_MS)) return 'stale x-api-timestamp'
    if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(nonce ?? '')) return 'x-api-nonce is no UUID'
    if (nonces.has(nonce ?? '')) return 'x-api-nonce was used before'
    const [path = '', query = ''] = url.split('?')
    const payload = `${method}:${path}:${query.split('&').sort().join('&')}:${normalisedBody(body)}`
    const isGood = verify('sha256', Buffer.from(payload), publicKey, Buffer.from(signature ?? '', 'base64'))
    if (!isGood) return 'bad x-api-signature'
    nonces.add(nonce ?? '')
    const [oldest] = nonces
    if (nonces.size > MOST_NONCES && oldest !== undefined) nonces.delete(oldest)
    return null
  }

  return {
    affiliate,
    execution: (asked) => (asked.headers['x-api-key'] === undefined ? null : affiliate(asked)),
    signed,
    apiKey,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
