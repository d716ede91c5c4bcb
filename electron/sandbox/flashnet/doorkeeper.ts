import { secp256k1 } from '@noble/curves/secp256k1.js'
import { createHmac, randomBytes } from 'node:crypto'
import type { SandboxClock } from '../kit/clock.ts'
import { isSignatureOf } from './signedText.ts'

/** What stands before the random part of a challenge, as on the sibling gateway. */
const MAGIC = 'FLASHNET_AUTH_CHALLENGE_V1:'

/** How long a challenge waits for its signature, milliseconds. */
const CHALLENGE_MS = 60_000

/** How long a token is good, milliseconds; nobody documents it, and a short life shows that it is renewed. */
const TOKEN_MS = 10 * 60_000

/** Most challenges and tokens that are remembered. */
const MOST_REMEMBERED = 10_000

/** Lets in whoever can sign with the one key that is known. */
export interface Doorkeeper {
  /** The invented private key, 64 hex digits. */
  key: string
  /** Its public key, 66 hex digits. */
  publicKey: string
  /** A challenge for whoever says to hold a key. */
  challenge: (publicKey: string) => { challenge: string; challengeString: string }
  /** A token for a good signature of the last challenge, which is used up by it; null for any other. */
  verify: (publicKey: string, signature: string) => string | null
  /** Whether a header `authorization` holds a token that is good now. */
  admits: (authorization: string | undefined) => boolean
  /** Ends every token that was given. */
  expireTokens: () => void
}

/** A doorkeeper with a key of its own, invented for this run. */
export function createDoorkeeper(clock: SandboxClock): Doorkeeper {
  const key = Buffer.from(secp256k1.utils.randomPrivateKey())
  const known = Buffer.from(secp256k1.getPublicKey(key)).toString('hex')
  const seal = randomBytes(32)
  const challenges = new Map<string, { text: string; untilMs: number }>()
  const tokens = new Map<string, number>()

  function tokenFor(publicKey: string): string {
    const iat = Math.floor(clock.nowMs() / 1_000)
    const head = base64url({ alg: 'HS256', typ: 'JWT' })
    // A number used once, so that two tokens of one second are two.
    const claims = { sub: publicKey, iat, exp: iat + TOKEN_MS / 1_000, jti: randomBytes(8).toString('hex') }
    const text = `${head}.${base64url(claims)}`
    return `${text}.${createHmac('sha256', seal).update(text).digest('base64url')}`
  }

  return {
    key: key.toString('hex'),
    publicKey: known,
    challenge: (publicKey) => {
      if (challenges.size >= MOST_REMEMBERED) challenges.clear()
      const bytes = randomBytes(32).toString('hex')
      const challengeString = `${MAGIC}${bytes}`
      challenges.set(publicKey, { text: challengeString, untilMs: clock.nowMs() + CHALLENGE_MS })
      return { challenge: Buffer.from(MAGIC).toString('hex') + bytes, challengeString }
    },
    verify: (publicKey, signature) => {
      const asked = challenges.get(publicKey)
      challenges.delete(publicKey)
      if (asked === undefined || asked.untilMs < clock.nowMs() || publicKey !== known) return null
      if (!isSignatureOf(signature, asked.text, publicKey)) return null
      if (tokens.size >= MOST_REMEMBERED) tokens.clear()
      const token = tokenFor(publicKey)
      tokens.set(token, clock.nowMs() + TOKEN_MS)
      return token
    },
    admits: (authorization) => {
      const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? ''
      return (tokens.get(token) ?? 0) > clock.nowMs()
    },
    expireTokens: () => {
      tokens.clear()
    },
  }
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
