import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { Approval } from '../electron/engine/actions/approvalFiles.ts'
import type { ApprovalCheck } from '../electron/engine/actions/approvals.ts'
import { canonicalOf, hashOfCommand, type Canonical } from '../electron/engine/actions/canonical.ts'
import { Failure } from '../shared/api/failure.ts'
import { connectionId } from '../shared/intent/ids.ts'

/** When everything here happens, epoch milliseconds. */
export const NOW = 1_000_000_000
/** Milliseconds. */
export const MINUTE = 60_000

/** A person with a key pair; the same byte gives the same person. */
function person(name: string, byte: number) {
  const privateKey = createPrivateKey({
    key: Buffer.from(`302e020100300506032b657004220420${Buffer.alloc(32, byte).toString('hex')}`, 'hex'),
    format: 'der',
    type: 'pkcs8',
  })
  const x = createPublicKey(privateKey).export({ format: 'jwk' })['x'] ?? ''
  const publicKey = Buffer.from(x, 'base64url').toString('hex')
  const signed = (text: string) => Promise.resolve(sign(null, Buffer.from(text), privateKey).toString('hex'))
  return { name, publicKey, signed }
}

/** Ada asks, Bob may approve, Eve may not. */
export const [ada, bob, eve] = [person('Ada', 1), person('Bob', 2), person('Eve', 3)]

/** What is asked for. */
export const canonical: Canonical = {
  system: 'fusion',
  connection: connectionId('fusion-test'),
  command: { name: 'prepareRefund', words: 'Prepare refund', expected: 'A refund.', warning: 'Once.' },
  request: {
    method: 'POST',
    url: 'http://127.0.0.1:3001/api/refunds',
    body: '{"intentId":"0xab"}',
    secretHeaders: [],
    secrets: [],
  },
  subject: '0xab',
  intent: null,
  basis: { status: 'executing' },
  ledger: 42,
  minutes: 30,
}
/** Its hash. */
export const HASH = hashOfCommand(canonicalOf(canonical))

/** A profile that asks for a second person. */
export const profile = {
  approvals: {
    commands: ['prepareRefund'],
    // Hexadecimal digits of either case are one key.
    approvers: [{ name: 'Bob of Operations', publicKey: bob.publicKey.toUpperCase() }],
    minutes: 30,
  },
}

/** An approval that holds. */
export const good: Approval = {
  hash: HASH,
  requester: ada.publicKey,
  approver: { name: bob.name, publicKey: bob.publicKey },
  approvedAtMs: NOW - MINUTE,
  expiresAtMs: NOW + 20 * MINUTE,
  nonce: '0'.repeat(32),
}

/** What it is checked against. */
export const check: Omit<ApprovalCheck, 'text'> = {
  hash: HASH,
  profile,
  nowMs: NOW,
  usedNonces: new Set(),
  ownPublicKey: ada.publicKey,
  heldPublicKeys: [ada.publicKey],
}

/** Why something is closed, in the words of its failure; null where it is not. */
export function refusalOf(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (reason) {
    if (reason instanceof Failure && reason.code === 'closed') return reason.message
    throw reason
  }
}
