import { expect, test } from 'vitest'
import { NOW_MS, refundable } from '../../../test/fusionCommand.ts'
import { situationAt } from '../../../shared/intent/course.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { course } from './course.ts'

function labelAt(intent: Intent, nowMs: number): string | null {
  return situationAt(course(intent), nowMs)?.label ?? null
}

test('a failed intent is told by its timelock, to the second', () => {
  const atMs = NOW_MS + 5_000
  const intent = refundable({ deadlines: [{ kind: 'sourceTimelock', atMs }], phaseSinceMs: NOW_MS })
  expect(labelAt(intent, NOW_MS - 1)).toBeNull()
  expect(labelAt(intent, atMs - 1)).toBe('Failed, refund not open yet')
  expect(labelAt(intent, atMs)).toBe('Failed, refund open')
  const late = refundable({ phaseSinceMs: NOW_MS })
  expect(course(late).map(({ label, fromMs }) => [label, fromMs])).toEqual([['Failed, refund open', NOW_MS]])
})

test('and by the refund, once something shows it', () => {
  const intent = refundable({ fundsReleasedAtMs: NOW_MS, moneyAtRisk: false })
  expect(labelAt(intent, NOW_MS)).toBe('Failed and refunded')
})

test('nothing is added where the word says it all, or where no timelock is known', () => {
  expect(course(refundable({ deadlines: [] }))).toEqual([])
  expect(course(refundable({ fundsLockedAtMs: null, moneyAtRisk: false }))).toEqual([])
  expect(course(refundable({ status: 'completed', phase: 'completed', fundsReleasedAtMs: NOW_MS }))).toEqual(
    [],
  )
})
