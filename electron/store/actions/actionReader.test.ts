import { expect, test } from 'vitest'
import { connectionId, intentIdOf } from '../../../shared/intent/ids.ts'
import { scratchStore } from '../testing/scratch.ts'
import { refundOf, stepOfAction } from '../testing/steps.ts'

const INTENT = intentIdOf(connectionId('tiny'), { kind: 'tinyId', value: '0x2' })

/** Five actions that differ in everything that can be asked for, begun in this order. */
function fiveActions(): ReturnType<typeof scratchStore> {
  const scratch = scratchStore()
  const { store } = scratch
  const heads = {
    late: refundOf('0x1'),
    done: refundOf('0x2', { intent: INTENT, reason: 'the maker called, "100%"' }),
    open: refundOf('0x3', { command: 'relayPermit', kind: 'permit', names: ['3', 'say "cheese"\\'] }),
    refused: refundOf('0x4', { connection: connectionId('other') }),
    declined: refundOf('0x5'),
  }
  for (const [id, head] of Object.entries(heads)) {
    // Clocks jump: what counts is the place in the ledger.
    const atMs = 9_000 - Number(head.subject) * 100
    store.recordStep(stepOfAction(id, id === 'declined' ? id : 'sending', { head, atMs }))
  }
  store.recordStep(stepOfAction('done', 'accepted', { response: { refundSessionId: 'S-77' } }))
  store.recordStep(stepOfAction('refused', 'refused', { why: 'The system said NO.\n' }))
  for (const kind of ['unknown', 'read', 'notExecuted', 'appliedLate'] as const) {
    store.recordStep(stepOfAction('late', kind))
  }
  return scratch
}

test.each([
  [
    'everything: what a person has to know of on top, then the newest first',
    {},
    'open late declined refused done',
  ],
  ['no more than was asked for', { limit: 2 }, 'open late'],
  ['a state', { state: 'accepted' }, 'late done'],
  ['a command', { command: 'relayPermit' }, 'open'],
  ['a connection', { connection: 'other' }, 'refused'],
  ['an intent', { intent: INTENT }, 'done'],
  ['a text of the answer, in any letter case', { text: 's-77' }, 'done'],
  ['a text of a step', { text: 'the system said no' }, 'refused'],
  ['a reason with what JSON writes otherwise', { text: ' "100%" ' }, 'done'],
  ['no name of a field', { text: 'httpStatus' }, ''],
  ['a name', { names: ['2', '0'] }, 'done'],
  ['another name of the same', { names: ['say "cheese"\\'] }, 'open'],
  ['a name and an intent', { names: ['2', '3'], intent: INTENT }, 'done'],
  ['no part of a name', { names: ['say'] }, ''],
  ['a text among others', { text: 'the maker', state: 'refused' }, 'refused'],
] as const)('actions are found by %s', (_, filter, expected) => {
  using scratch = fiveActions()
  const found = scratch.store.actions({ limit: 10, ...filter })
  expect(found.map(({ id }) => id).join(' ')).toBe(expected)
})

test('what is open and late is counted, and each action can be asked for', () => {
  using scratch = fiveActions()
  const { store } = scratch
  expect(store.actionsHead()).toMatchObject({ lastSeq: 11, openCount: 1, lateCount: 1 })
  expect(store.openActions().map(({ id }) => id)).toEqual(['open'])
  expect(store.action('late')).toMatchObject({ state: 'accepted', isLate: true, readCount: 1 })
  expect(() => store.action('none')).toThrow(expect.objectContaining({ code: 'not-found' }) as Error)
  store.recordStep(stepOfAction('late', 'resolved', { facts: { wasCarriedOut: 'yes' } }))
  expect(store.actionsHead()).toMatchObject({ lastSeq: 12, openCount: 1, lateCount: 0 })
})
