import { createHash } from 'node:crypto'
import { canonicalMessage } from './canonicalMessage.ts'
import { curve } from './curve.ts'
import type { SignedBody } from './signedBody.ts'

/** Whether the signature of a body is by a key (66 hex digits), over the SHA-256 of its canonical message. */
export function isSignedBy(body: SignedBody, publicKey: string): boolean {
  const digest = createHash('sha256').update(canonicalMessage(body), 'utf8').digest()
  const { Signature, verify } = curve()
  try {
    // Not every wallet writes the lower of the two forms of a signature; which one the gateway wants is not documented.
    return verify(Signature.fromDER(body.signature), digest, publicKey, { lowS: false })
  } catch {
    return false
  }
}
