import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../../shared/api/failure.ts'
import { connectionId, SYSTEM_NAMES, type IntentId } from '../../../shared/intent/ids.ts'
import { canonicalJson } from '../../../shared/log/canonicalJson.ts'
import { digestOfShown, hashOfCommand, sha256, type CanonicalCommand, type Shown } from './canonical.ts'

/** Since 2 all that is shown is under the hash. */
const REQUEST_VERSION = 2

const APPROVAL_VERSION = 1

const key = z.string().regex(/^[0-9a-f]{64}$/, 'expected a public key, 64 hexadecimal digits')
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected a hash, 64 hexadecimal digits')
const person = z.strictObject({ name: z.string().min(1).max(60), publicKey: key })
const instant = z.number().int()

const requestSchema = z.strictObject({
  kind: z.literal('intent-console approval request'),
  version: z.literal(REQUEST_VERSION),
  hash,
  command: z.strictObject({
    version: z.number().int(),
    system: z.enum(SYSTEM_NAMES),
    connection: z.string().transform(connectionId),
    method: z.string(),
    url: z.string(),
    body: hash.nullable(),
    shown: hash,
    subject: z.string(),
    intent: z
      .string()
      .transform((id) => id as IntentId)
      .nullable(),
    basis: z.record(z.string(), z.string()),
    ledger: z.number().int(),
    minutes: z.number().int().min(1),
  }),
  shown: z.strictObject({
    command: z.string(),
    words: z.string(),
    expected: z.string(),
    warning: z.string(),
    method: z.string(),
    url: z.string(),
    headers: z.array(z.tuple([z.string(), z.string()])),
    bodyText: z.string().nullable(),
  }),
  requestedBy: person,
  requestedAtMs: instant,
  expiresAtMs: instant,
})

const approvalSchema = z.strictObject({
  kind: z.literal('intent-console approval'),
  version: z.literal(APPROVAL_VERSION),
  hash,
  requester: key,
  approver: person,
  approvedAtMs: instant,
  expiresAtMs: instant,
  nonce: z.string().regex(/^[0-9a-f]{32}$/, 'expected a nonce, 32 hexadecimal digits'),
  signature: z.string().regex(/^[0-9a-f]{128}$/, 'expected a signature, 128 hexadecimal digits'),
})

/** What a second person is asked to approve. */
export interface ApprovalRequest {
  /** SHA-256 of `command`. */
  hash: string
  command: CanonicalCommand
  /** What `command.shown` is the digest of. */
  shown: Shown
  requestedBy: { name: string; publicKey: string }
  requestedAtMs: number
  expiresAtMs: number
}

/** A second person's word for one command. */
export interface Approval {
  hash: string
  /** Public key of whoever asked. */
  requester: string
  approver: { name: string; publicKey: string }
  approvedAtMs: number
  expiresAtMs: number
  nonce: string
}

/** The text of a request, for a file. */
export function writtenRequest(request: ApprovalRequest): string {
  return written({ kind: 'intent-console approval request', version: REQUEST_VERSION, ...request })
}

/** Reads a request; fails with `usage` when it is none, with `closed` when what it shows is not what its hash stands for. */
export function readRequest(text: string): ApprovalRequest {
  const request = readAs(requestSchema, text, 'approval request')
  const { hash: said, command, shown } = request
  if (hashOfCommand(command) !== said || digestOfShown(shown) !== command.shown) {
    throw new Failure('closed', 'This request was altered: it does not show what would be sent.', {
      tip: 'Have it made anew, and take it from whoever asks by a way that you trust.',
    })
  }
  return request
}

/** Whether the body that a request shows is, byte for byte, what would be sent; false where secrets in it are redacted. */
export function showsWholeBody({ shown, command }: ApprovalRequest): boolean {
  return (shown.bodyText === null ? null : sha256(shown.bodyText)) === command.body
}

/** The text of an approval, for a file; `sign` answers 128 hexadecimal digits over the text that it is given. */
export async function writtenApproval(
  approval: Approval,
  sign: (text: string) => Promise<string>,
): Promise<string> {
  const unsigned = { kind: 'intent-console approval', version: APPROVAL_VERSION, ...approval }
  return written({ ...unsigned, signature: await sign(canonicalJson(unsigned)) })
}

/** Reads an approval; fails with `closed` when it is none, or its signature is not that of its approver. */
export function readApproval(text: string): Approval {
  const { signature, ...unsigned } = readAs(approvalSchema, text, 'approval')
  if (!isSignedBy(unsigned.approver.publicKey, canonicalJson(unsigned), signature)) {
    throw new Failure('closed', 'This approval was altered, or not signed by whom it names.', {
      tip: 'Have it made anew.',
    })
  }
  return unsigned
}

function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const x = Buffer.from(publicKey, 'hex').toString('base64url')
  try {
    const by = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, Buffer.from(text), by, Buffer.from(signature, 'hex'))
  } catch {
    // Not every 32 bytes are a point of the curve.
    return false
  }
}

function readAs<Shape>(schema: z.ZodType<Shape>, text: string, what: string): Shape {
  const parsed = schema.safeParse(jsonOrNull(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place =
    issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')}: ${issue.message})`
  throw new Failure('closed', `This is no ${what} of this console${place}.`, {
    tip: 'Give the file as it was saved.',
  })
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function written(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
