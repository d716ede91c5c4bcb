import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../../shared/api/failure.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import {
  readApproval,
  readRequest,
  showsWholeBody,
  writtenApproval,
  writtenRequest,
  type Approval,
} from './approvalFiles.ts'
import { approvalRequestText, checkApproval, type ApprovalCheck } from './approvals.ts'
import { canonicalOf, hashOfCommand, type Canonical } from './canonical.ts'

const NOW = 1_000_000_000
const MINUTE = 60_000

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

const [ada, bob, eve] = [person('Ada', 1), person('Bob', 2), person('Eve', 3)]

const canonical: Canonical = {
  system: 'fusion',
  connection: connectionId('fusion-test'),
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
}
const HASH = hashOfCommand(canonicalOf(canonical))

const profile = {
  approvals: {
    commands: ['prepareRefund'],
    // Hexadecimal digits of either case are one key.
    approvers: [{ name: 'Bob of Operations', publicKey: bob.publicKey.toUpperCase() }],
    minutes: 30,
  },
}

const good: Approval = {
  hash: HASH,
  requester: ada.publicKey,
  approver: { name: bob.name, publicKey: bob.publicKey },
  approvedAtMs: NOW - MINUTE,
  expiresAtMs: NOW + 20 * MINUTE,
  nonce: '0'.repeat(32),
}

const check: Omit<ApprovalCheck, 'text'> = {
  hash: HASH,
  profile,
  nowMs: NOW,
  usedNonces: new Set(),
  ownPublicKey: ada.publicKey,
  heldPublicKeys: [ada.publicKey],
}

/** One approval and what has to become of it. */
interface Case {
  name: string
  approval?: Partial<Approval>
  by?: typeof ada
  /** Done to the text after it was signed. */
  altered?: (text: string) => string
  check?: Partial<ApprovalCheck>
  /** Null: it is good. */
  refused: RegExp | null
}

const withEve = {
  approvals: { ...profile.approvals, approvers: [{ name: 'Bob', publicKey: eve.publicKey }] },
}

const CASES: Case[] = [
  { name: 'of an approver of the profile', refused: null },
  { name: 'until the last millisecond', check: { nowMs: NOW + 20 * MINUTE - 1 }, refused: null },
  { name: 'from a clock that is a little ahead', approval: { approvedAtMs: NOW + MINUTE }, refused: null },
  { name: 'expired', check: { nowMs: NOW + 20 * MINUTE }, refused: /has expired/ },
  {
    name: 'that gives itself longer than the profile allows',
    approval: { approvedAtMs: NOW - 30 * MINUTE, expiresAtMs: NOW + 9_000 * MINUTE },
    refused: /has expired/,
  },
  {
    name: 'dated in the future',
    approval: { approvedAtMs: NOW + 3 * MINUTE, expiresAtMs: NOW + 33 * MINUTE },
    refused: /future/,
  },
  { name: 'for another command', check: { hash: 'f'.repeat(64) }, refused: /another command/ },
  {
    name: 'altered after it was signed',
    altered: (text) => text.replace(String(good.expiresAtMs), String(good.expiresAtMs + 1)),
    refused: /altered/,
  },
  {
    name: 'with another hash written over its own',
    approval: { hash: 'e'.repeat(64) },
    altered: (text) => text.replace('e'.repeat(64), HASH),
    refused: /altered/,
  },
  { name: 'signed by another than it names', by: eve, refused: /altered, or not signed/ },
  { name: 'replayed', check: { usedNonces: new Set([good.nonce]) }, refused: /used before/ },
  {
    name: 'by whoever asks, under another name',
    approval: { approver: { name: 'Bob', publicKey: ada.publicKey } },
    by: ada,
    refused: /Whoever asks cannot approve/,
  },
  {
    name: 'by whoever asks, whom the profile names as an approver',
    approval: { approver: { name: 'Bob', publicKey: ada.publicKey } },
    by: ada,
    check: {
      profile: {
        approvals: { ...profile.approvals, approvers: [{ name: 'Bob', publicKey: ada.publicKey }] },
      },
    },
    refused: /Whoever asks cannot approve/,
  },
  {
    name: 'by a stranger who calls herself like an approver',
    approval: { approver: { name: 'Bob of Operations', publicKey: eve.publicKey } },
    by: eve,
    refused: /not among the approvers/,
  },
  {
    name: 'by an approver who is called like whoever asks',
    approval: { approver: { name: 'Ada', publicKey: eve.publicKey } },
    by: eve,
    check: { profile: withEve },
    refused: null,
  },
  {
    name: 'given to somebody else’s request',
    approval: { requester: eve.publicKey },
    refused: /somebody else/,
  },
  { name: 'where nobody here has asked', check: { ownPublicKey: null }, refused: /somebody else/ },
  { name: 'where the profile has no approvers', check: { profile: {} }, refused: /not among the approvers/ },
  { name: 'that is no JSON', altered: () => '{', refused: /no approval of this console/ },
  { name: 'with a key more', altered: (text) => text.replace('{', '{"more":1,'), refused: /no approval/ },
]

type Checker = (asked: ApprovalCheck) => unknown

/** Cases that a checker judges wrongly. */
async function wrongVerdicts(checker: Checker): Promise<string[]> {
  const wrong: string[] = []
  for (const { name, approval, by = bob, altered = (text: string) => text, check: more, refused } of CASES) {
    const text = altered(await writtenApproval({ ...good, ...approval }, by.signed))
    const said = refusalOf(() => checker({ ...check, ...more, text }))
    const isRight = refused === null ? said === null : said !== null && refused.test(said)
    if (!isRight) wrong.push(`${name}: ${said ?? 'taken'}`)
  }
  return wrong
}

function refusalOf(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (reason) {
    if (reason instanceof Failure && reason.code === 'closed') return reason.message
    throw reason
  }
}

describe('an approval', () => {
  test('holds for what it was given for, by whom it may be given, once and for a while', async () => {
    expect(await wrongVerdicts(checkApproval)).toEqual([])
  })

  test('control: told apart by names instead of keys, strangers and the author herself pass', async () => {
    const byName: Checker = ({ text, ...asked }) => {
      const { approver } = readApproval(text)
      if (approver.name === 'Ada') throw new Failure('closed', 'Whoever asks cannot approve it too.')
      const [first] = asked.profile.approvals?.approvers ?? []
      if (first === undefined || !first.name.startsWith(approver.name.slice(0, 3))) {
        throw new Failure('closed', 'The key of this approval is not among the approvers of the profile.')
      }
    }
    const wrong = (await wrongVerdicts(byName)).join('\n')
    expect(wrong).toMatch(/by whoever asks, under another name: taken/)
    expect(wrong).toMatch(/a stranger who calls herself like an approver: taken/)
    expect(wrong).toMatch(/by an approver who is called like whoever asks: Whoever asks/)
  })

  test('control: a nonce that nobody remembers lets it pass twice', async () => {
    const forgetful: Checker = (asked) => checkApproval({ ...asked, usedNonces: new Set() })
    expect(await wrongVerdicts(forgetful)).toEqual(['replayed: taken'])
  })

  test('names the approver as the profile does, and says when it is only the same person again', async () => {
    const text = await writtenApproval(good, bob.signed)
    const { publicKey } = bob
    expect(checkApproval({ ...check, text })).toEqual({
      name: 'Bob of Operations',
      publicKey,
      nonce: good.nonce,
      isSamePerson: false,
    })
    const isSamePerson = { ...check, text, heldPublicKeys: [ada.publicKey, publicKey] }
    expect(checkApproval(isSamePerson)).toMatchObject({ isSamePerson: true })
  })
})

describe('a request for an approval', () => {
  const command = { name: 'prepareRefund', words: 'Prepare refund', expected: 'A refund.', warning: '' }
  const ask = { canonical, command, requestedBy: { name: ada.name, publicKey: ada.publicKey }, profile }

  test('shows the literal command, whom it is from and how long it holds', () => {
    const request = readRequest(approvalRequestText({ ...ask, nowMs: NOW }))
    expect(request).toMatchObject({
      hash: HASH,
      command: {
        method: 'POST',
        url: canonical.request.url,
        subject: '0xab',
        basis: { status: 'executing' },
      },
      shown: { words: 'Prepare refund', bodyText: '{"intentId":"0xab"}' },
      requestedBy: { name: 'Ada', publicKey: ada.publicKey },
      requestedAtMs: NOW,
      expiresAtMs: NOW + 30 * MINUTE,
    })
    expect(showsWholeBody(request)).toBe(true)
    const unsaid = readRequest(approvalRequestText({ ...ask, profile: {}, nowMs: NOW }))
    expect(unsaid.expiresAtMs).toBe(NOW + 30 * MINUTE)
  })

  test('is refused when it shows something else than its hash stands for', () => {
    const request = readRequest(approvalRequestText({ ...ask, nowMs: NOW }))
    const other = { ...request, command: { ...request.command, url: 'http://127.0.0.1:3001/api/other' } }
    expect(() => readRequest(writtenRequest(other))).toThrow(/altered/)
    expect(showsWholeBody({ ...request, shown: { ...request.shown, bodyText: '{}' } })).toBe(false)
  })

  test('carries no secret and no signature of its body', () => {
    const preimage = `0x${'5e'.repeat(32)}`
    const signature = `0x${'51'.repeat(65)}`
    const body = JSON.stringify({ secret: preimage, signature })
    const secret = { ...canonical, request: { ...canonical.request, body, secrets: [preimage] } }
    const text = approvalRequestText({ ...ask, canonical: secret, nowMs: NOW })
    expect(text).not.toContain('5e5e5e5e')
    expect(text).not.toContain('51515151')
    expect(showsWholeBody(readRequest(text))).toBe(false)
  })
})
