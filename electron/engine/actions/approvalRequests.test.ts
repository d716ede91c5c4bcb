import { describe, expect, test } from 'vitest'
import {
  ada,
  bob,
  canonical,
  check,
  good,
  HASH,
  MINUTE,
  NOW,
  refusalOf,
} from '../../../test/approvalGiven.ts'
import {
  readRequest,
  showsWholeBody,
  writtenApproval,
  writtenRequest,
  type ApprovalRequest,
} from './approvalFiles.ts'
import { approvalRequestText, checkApproval, checkRequest } from './approvals.ts'
import { digestOfShown, hashOfCommand } from './canonical.ts'

/** A request with something else in it, under the digest and the hash that it had. */
function altered(more: Partial<ApprovalRequest>): string {
  return writtenRequest({ ...request, ...more })
}

const ask = { canonical, requestedBy: { name: ada.name, publicKey: ada.publicKey } }
const request = readRequest(approvalRequestText({ ...ask, nowMs: NOW }))
const { command, shown } = request

describe('a request for an approval', () => {
  test('shows the literal command, whom it is from and how long it holds', () => {
    expect(request).toMatchObject({
      hash: HASH,
      command: { subject: '0xab', basis: { status: 'executing' }, ledger: 42, minutes: 30 },
      shown: {
        ...{ command: 'prepareRefund', words: 'Prepare refund', expected: 'A refund.', warning: 'Once.' },
        ...{ method: 'POST', url: canonical.request.url, bodyText: '{"intentId":"0xab"}' },
      },
      requestedBy: { name: 'Ada', publicKey: ada.publicKey },
      requestedAtMs: NOW,
      expiresAtMs: NOW + 30 * MINUTE,
    })
    expect(showsWholeBody(request)).toBe(true)
  })

  const ALTERED: [what: string, Partial<ApprovalRequest>][] = [
    ['the command', { shown: { ...shown, command: 'readMidnightBalance' } }],
    ['its words', { shown: { ...shown, words: 'Read a balance' } }],
    ['what is expected', { shown: { ...shown, expected: 'Reads only.' } }],
    ['its warning', { shown: { ...shown, warning: '' } }],
    ['the method', { shown: { ...shown, method: 'GET' } }],
    ['the address', { shown: { ...shown, url: 'http://127.0.0.1:3001/api/other' } }],
    ['a header', { shown: { ...shown, headers: [['accept', 'text/html']] } }],
    ['the body', { shown: { ...shown, bodyText: '{"intentId":"0xcd"}' } }],
    ['that there is a body', { shown: { ...shown, bodyText: null } }],
  ]

  test.each([
    ...ALTERED,
    ['what is sent', { command: { ...command, url: 'http://127.0.0.1:3001/api/other' } }],
    ['what it rests on', { command: { ...command, basis: { status: 'failed' } } }],
    ['how long it may hold', { command: { ...command, minutes: 1_440 } }],
    ['whose ledger it goes into', { command: { ...command, ledger: 43 } }],
  ] satisfies typeof ALTERED)('is refused when %s was altered', (_, more) => {
    expect(() => readRequest(altered(more))).toThrow(/altered/)
  })

  test('control: whoever compares the hash of the command alone takes what is shown on trust', () => {
    const taken = ALTERED.filter(([, more]) => {
      const read = JSON.parse(altered(more)) as ApprovalRequest
      return hashOfCommand(read.command) === read.hash
    })
    expect(taken).toHaveLength(ALTERED.length)
  })

  test('with all its digests made anew, it is approved in vain: what is sent has another hash', async () => {
    for (const [, more] of ALTERED) {
      const forged = { ...command, shown: digestOfShown({ ...shown, ...more.shown }) }
      const hash = hashOfCommand(forged)
      const read = readRequest(altered({ ...more, command: forged, hash }))
      const text = await writtenApproval({ ...good, hash: read.hash }, bob.signed)
      expect(refusalOf(() => checkApproval({ ...check, text }))).toMatch(/another command/)
    }
  })

  test('can be approved until it expires, and for no longer than it says itself', () => {
    const { expiresAtMs } = request
    const refusalAt = (more: Partial<ApprovalRequest>, nowMs = NOW) =>
      refusalOf(() => {
        checkRequest({ ...request, ...more }, nowMs)
      })
    expect(refusalAt({}, expiresAtMs - 1)).toBeNull()
    expect(refusalAt({}, expiresAtMs)).toMatch(/has expired/)
    expect(refusalAt({ expiresAtMs: expiresAtMs + 1 })).toMatch(/longer than the 30 minutes/)
    const later = { requestedAtMs: NOW + 2 * MINUTE, expiresAtMs: expiresAtMs + 2 * MINUTE }
    expect(refusalAt(later)).toBeNull()
    expect(refusalAt({ ...later, requestedAtMs: NOW + 2 * MINUTE + 1 })).toMatch(/in the future/)
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
