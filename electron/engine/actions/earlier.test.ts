import { expect, test } from 'vitest'
import type { ActionFilter, ActionRecord } from '../../../shared/api/action.ts'
import { foldStep } from '../../store/actions/fold.ts'
import { refundOf, sendingOf } from '../../store/testing/steps.ts'
import { earlierActions, newestInWords, repeatCondition } from './earlier.ts'

const HASH = 'ef'.repeat(32)
const DEED = { command: 'prepareRefund', system: 'fusion', kind: 'refund', subject: '0xAB' } as const

function actionAt(seq: number, atMs: number, head = refundOf('0xab')): ActionRecord {
  const record = foldStep(null, { ...sendingOf(`action-${seq}`, '', { head, atMs }), seq, hash: HASH })
  return { ...record, state: 'accepted' }
}

function storeOf(...actions: ActionRecord[]) {
  const asked: ActionFilter[] = []
  return {
    asked,
    actions: (filter: ActionFilter) => {
      asked.push(filter)
      return Promise.resolve(actions)
    },
  }
}

test('the newest is the last of the ledger, whatever the clock was set to meanwhile', async () => {
  const store = storeOf(actionAt(1, 9_000), actionAt(7, 2_000), actionAt(4, 5_000))
  const found = await earlierActions(store, DEED)
  expect(found.map(({ id }) => id)).toEqual(['action-7', 'action-4', 'action-1'])
  expect(newestInWords(found)).toBe('accepted (action-7)')
  expect(newestInWords([])).toBe('none')
  expect(store.asked).toEqual([{ command: 'prepareRefund', names: ['ab'], limit: 50 }])
})

test('only what was sent about the same thing counts', async () => {
  const declined = { ...actionAt(1, 1), state: 'declined' as const }
  const other = actionAt(2, 2, refundOf('0xcd'))
  const renamed = actionAt(3, 3, refundOf('0xcd', { names: ['0xcd', 'AB'] }))
  const found = await earlierActions(storeOf(declined, other, renamed), DEED)
  expect(found.map(({ id }) => id)).toEqual(['action-3'])
})

test('a repeat is the very same content, or any content where the thing can be done once', () => {
  const repeats = 'Nothing is promised.'
  const taken = actionAt(1, 0)
  const stateOf = (bodyDigest: string | null, isOnce: object = {}, earlier = taken) =>
    repeatCondition([earlier], { repeats, ...isOnce }, bodyDigest).state
  expect(stateOf(taken.bodyDigest)).toBe('unknown')
  expect(stateOf('other')).toBe('met')
  expect(stateOf('other', { isOnce: true })).toBe('unknown')
  expect(stateOf('other', { isOnce: true }, { ...taken, state: 'refused' })).toBe('met')
})
