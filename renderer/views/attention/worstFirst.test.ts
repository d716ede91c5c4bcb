import { expect, test } from 'vitest'
import type { IntentRow } from '../../../shared/api/row.ts'
import { worstFirst } from './worstFirst.ts'

function row(mainId: string, more: Partial<IntentRow>): IntentRow {
  return { mainId, moneyAtRisk: false, overdueAtMs: null, ...more } as IntentRow
}

test('money at risk stands first, then the longest overdue', () => {
  const rows = [
    row('never overdue', {}),
    row('late', { overdueAtMs: 200 }),
    row('later', { overdueAtMs: 100 }),
    row('late with money', { overdueAtMs: 300, moneyAtRisk: true }),
  ]
  expect(worstFirst(rows).map(({ mainId }) => mainId)).toEqual([
    'late with money',
    'later',
    'late',
    'never overdue',
  ])
  expect(rows[0]?.mainId).toBe('never overdue')
})

test('rows that are equally bad keep their order', () => {
  expect(worstFirst([row('a', {}), row('b', {})]).map(({ mainId }) => mainId)).toEqual(['a', 'b'])
})
