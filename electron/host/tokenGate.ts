import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Bytes of the token: enough that no number of guesses helps. */
const TOKEN_BYTES = 32

/**
 * Different wrong tokens that one source may show. A tab that was left open since the last run shows its old one again
 * and again, and must not lock out the new tab beside it.
 */
const WRONG_TOKENS_ALLOWED = 20

/** How long a source stays locked out, milliseconds; also how long wrong tokens are remembered. */
export const LOCKOUT_MS = 60_000

/** Sources remembered at a time; on loopback there are few, and a stranger must not fill the memory. */
const SOURCES_KEPT = 1_000

/** What the gate says about one attempt. */
type Verdict = 'good' | 'wrong' | 'locked'

/** The token of one run and who guessed it wrong. */
export interface TokenGate {
  /** Goes into the address that is printed; good for this run. */
  token: string
  /** Judges a token shown by a source, in constant time. */
  judge: (shown: string, source: string) => Verdict
}

/** Makes a new random token with a count of wrong guesses per source. */
export function createTokenGate(clock: { nowMs: () => number }): TokenGate {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const expected = digest(token)
  const wrong = new Map<string, { tokens: Set<string>; lastAtMs: number }>()

  function judge(shown: string, source: string): Verdict {
    const nowMs = clock.nowMs()
    const before = wrong.get(source)
    const isRemembered = before !== undefined && nowMs - before.lastAtMs < LOCKOUT_MS
    const tokens = isRemembered ? before.tokens : new Set<string>()
    if (tokens.size >= WRONG_TOKENS_ALLOWED) return 'locked'
    const shownDigest = digest(shown)
    if (timingSafeEqual(shownDigest, expected)) return 'good'
    if (!wrong.has(source) && wrong.size >= SOURCES_KEPT) wrong.clear()
    wrong.set(source, { tokens: tokens.add(shownDigest.toString('base64')), lastAtMs: nowMs })
    return 'wrong'
  }

  return { token, judge }
}

/** Tokens are compared by digest: equal lengths, whatever was shown. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
