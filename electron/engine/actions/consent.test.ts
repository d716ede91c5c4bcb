import { expect, test } from 'vitest'
import type { Consent, Precondition, Rehearsal } from '../../../shared/api/action.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import { precondition } from './conditions.ts'
import { consentConditions } from './consent.ts'

const REPEAT = 'not done before'

/** A rehearsal in which these are unknown. */
function rehearsal(...unknown: string[]): Rehearsal {
  return {
    ...{ draft: 'd', expiresAtMs: 0, command: 'refund', words: 'Refund', effect: 'changes' },
    ...{ system: 'fusion', connection: connectionId('test'), intent: null, subject: '0xabcdef' },
    preconditions: unknown.map((name) => precondition(name, 'unknown', { why: `${name}?` })),
    ...{ isOpen: true, why: '', opensAtMs: null },
    request: { method: 'POST', url: 'http://backend/', headers: [], body: null, bodyText: null },
    ...{ basis: {}, hash: 'ab', expected: '', repeats: '', warning: '', needsApproval: false },
    confirmation: { tail: 'abcdef', amount: null },
  }
}

/** What an acknowledgement leaves unmet. */
function unmet(of: Rehearsal, acknowledge: Consent['acknowledge']): Precondition[] {
  const consent = { reason: 'x', confirm: 'abcdef', approval: null, hash: 'ab', acknowledge }
  return consentConditions(of, consent).filter(({ state }) => state !== 'met')
}

test('a reason of which nothing can be seen is none', () => {
  const consent = { reason: '\u200b\u2060', confirm: 'abcdef', approval: null, hash: 'ab', acknowledge: [] }
  expect(consentConditions(rehearsal(), consent)[0]).toMatchObject({ name: 'reason given', state: 'unmet' })
})

test('what could not be checked is acknowledged by name or by the one word for all', () => {
  const both = rehearsal('chain of the gateway', 'read just now')
  expect(unmet(both, 'unknown')).toEqual([])
  expect(unmet(both, ['chain of the gateway', 'read just now'])).toEqual([])
  expect(unmet(both, ['read just now'])).toMatchObject([
    { name: 'acknowledged: chain of the gateway', why: expect.stringContaining('not be checked') as string },
  ])
})

test('that the very same was done before is acknowledged by its name alone, and it is said how', () => {
  const again = rehearsal('chain of the gateway', REPEAT)
  const [left, ...others] = unmet(again, 'unknown')
  expect(others).toEqual([])
  expect(left?.name).toBe(`acknowledged: ${REPEAT}`)
  expect(left?.why).toContain(`"acknowledge": ["${REPEAT}"]`)
  expect(unmet(again, [REPEAT, 'chain of the gateway'])).toEqual([])
  expect(unmet(again, [])).toHaveLength(2)
})
