import { expect, test } from 'vitest'
import type { Presence, PresenceState } from '../../../shared/api/presence.ts'
import { connectionConditions, evaluated, namedConditions, precondition, standingOf } from './conditions.ts'

function presence(state: PresenceState): Presence {
  return {
    ...{ state, reason: 'Because.', tip: '', sinceMs: 0, lastReceivedAtMs: null, lastPongAtMs: null },
    ...{ roundTripMs: null, nextRetryAtMs: null, attempt: 0 },
  }
}

test.each<[PresenceState, string]>([
  ['live', 'met'],
  ['connecting', 'unmet'],
  ['stale', 'unmet'],
  ['retrying', 'unmet'],
  ['needs-credentials', 'unmet'],
  ['refused', 'unmet'],
  ['stopped', 'unmet'],
])('a connection that is %s leaves its condition %s, with the reason', (state, stands) => {
  const [held, live] = connectionConditions({ isHeld: true, presence: presence(state) })
  expect(held?.state).toBe('met')
  expect(live?.state).toBe(stands)
  expect(live?.why.includes('Because.')).toBe(stands === 'unmet')
})

test('a connection of another profile is unmet, and a rehearsal that opens none does not know', () => {
  const states = (isHeld: boolean | null) =>
    connectionConditions({ isHeld, presence: null }).map(({ state }) => state)
  expect(states(false)).toEqual(['unmet', 'unmet'])
  expect(states(null)).toEqual(['unknown', 'unknown'])
})

test('what stands against a command is said by the first, and it opens by itself when all do', () => {
  const met = precondition('a', 'met')
  const soon = precondition('b', 'unmet', { why: 'Not yet.', opensAtMs: 5 })
  const later = precondition('c', 'unmet', { why: 'Later.', opensAtMs: 9 })
  const never = precondition('d', 'unmet')
  const doubtful = precondition('e', 'unknown')
  expect(standingOf([met, doubtful])).toEqual({ isOpen: true, why: '', opensAtMs: null })
  expect(standingOf([met, soon, later])).toEqual({ isOpen: false, why: 'Not yet.', opensAtMs: 9 })
  expect(standingOf([soon, never])).toEqual({ isOpen: false, why: 'Not yet.', opensAtMs: null })
  expect(standingOf([never]).why).toBe('Not met: d.')
})

test('a condition that fails at looking is unknown, never met', async () => {
  const found = await evaluated(
    [
      {
        name: 'broken',
        check: () => {
          throw new Error('no such field')
        },
      },
      { name: 'fine', check: () => Promise.resolve({ state: 'met' as const }) },
    ],
    {},
  )
  expect(found).toEqual([
    precondition('broken', 'unknown', { why: 'This could not be checked: no such field' }),
    precondition('fine', 'met'),
  ])
})

test('an intent that its system does not know is never passed silently, where a command is about one', () => {
  const refund = { effect: 'changes', isIntentNeeded: true } as const
  const lost = { isNotFound: true }
  expect(namedConditions(refund, lost)).toMatchObject([{ state: 'unknown' }])
  expect(namedConditions(refund, lost, { state: 'failed', why: 'no' })).toMatchObject([{ state: 'unknown' }])
  expect(namedConditions(refund, lost, { state: 'done', knownAs: null })).toMatchObject([{ state: 'unmet' }])
  // It was unknown once, and has answered just now.
  expect(namedConditions(refund, lost, { state: 'done', knownAs: '0x1' })).toEqual([])
  expect(namedConditions(refund, { isNotFound: false })).toEqual([])
  expect(namedConditions({ ...refund, isIntentNeeded: false }, { isNotFound: true })).toEqual([])
  expect(namedConditions({ ...refund, effect: 'reads' }, { isNotFound: true })).toEqual([])
})
