import { hash } from 'node:crypto'

/** Length of a key's digest, hex digits: 128 bits, so that no two different facts of a journal ever meet. */
const DIGEST_LENGTH = 32

/** A key that is equal for equal content. Order of properties counts, so that callers build content in one way. */
export function factKey(kind: string, content: unknown): string {
  const digest = hash('sha256', JSON.stringify(content), 'hex')
  return `${kind}:${digest.slice(0, DIGEST_LENGTH)}`
}
