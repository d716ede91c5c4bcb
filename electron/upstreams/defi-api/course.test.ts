import { describe, expect, it } from 'vitest'
import { folded, READ_AT_MS, TX } from '../../../test/defiFacts.ts'
import { courseOf } from './course.ts'

describe('the course', () => {
  const swap = { user_deposit_tx: TX, user_deposited_at: '2026-11-21T14:00:00Z' }

  it('measures the wait from the deposit’s own time, however late it was read', () => {
    const [situation] = courseOf(folded({ status: 'Deposited', swap_metadata: swap }))
    expect(situation).toMatchObject({
      fromMs: Date.UTC(2026, 10, 21, 14),
      overdueAtMs: Date.UTC(2026, 10, 21, 14, 30),
      nextActor: 'resolver',
    })
  })

  it('tells a payout that the status has not followed', () => {
    const paid = { ...swap, fulfilled_at: '2026-11-21T14:02:00Z' }
    expect(courseOf(folded({ status: 'Deposited', swap_metadata: paid }))).toMatchObject([
      { label: 'Paid out, not finished', fromMs: Date.UTC(2026, 10, 21, 14, 2) },
    ])
  })

  it('bounds the wait for an approval by the deadline', () => {
    const body = { status: 'Created', deadline_at: READ_AT_MS / 1_000 + 60 }
    expect(courseOf(folded(body))).toMatchObject([
      { byKind: 'intentDeadline', overdueAtMs: READ_AT_MS + 60_000, nextActor: 'maker' },
    ])
    expect(courseOf(folded({ status: 'Created' }))).toEqual([])
  })

  it('has nothing to add to any other word', () => {
    expect(courseOf(folded({ status: 'Finished', swap_metadata: swap }))).toEqual([])
  })
})
