import { describe, expect, it } from 'vitest'
import { folded, TX } from '../../../test/defiFacts.ts'

describe('money at risk', () => {
  const deposit = { user_deposit_tx: TX, fulfill_tx: null, refunded_at: null }
  const at = '2026-11-21T14:30:00Z'
  it.each([
    ['Created', null, false],
    ['Verified', { ...deposit, user_deposit_tx: null }, false],
    ['Verified', deposit, true],
    ['Deposited', null, true],
    ['Deposited', { ...deposit, fulfill_tx: TX }, true],
    ['RefundRequested', deposit, true],
    ['RefundRequested', null, true],
    ['Failed', null, false],
    ['Failed', { ...deposit, user_deposit_tx: null }, false],
    ['Failed', deposit, true],
    ['Expired', deposit, true],
    ['Expired', { ...deposit, refunded_at: at }, false],
    ['Failed', { ...deposit, fulfill_tx: TX }, false],
    ['Finished', { ...deposit, fulfill_tx: TX }, false],
    ['Finished', deposit, true],
    ['Finished', null, false],
    ['Refunded', { ...deposit, refunded_at: at }, false],
    ['Refunded', deposit, true],
    ['Teleported', deposit, true],
  ])('%s with %j: %s', (status, swap_metadata, isAtRisk) => {
    expect(folded({ status, swap_metadata }).moneyAtRisk).toBe(isAtRisk)
  })

  it('ends with the proof, and not with the word before it', () => {
    const finished = { status: 'Finished', swap_metadata: deposit }
    expect(folded({ status: 'Deposited', swap_metadata: deposit }, finished).moneyAtRisk).toBe(true)
    const proven = { status: 'Finished', swap_metadata: { ...deposit, fulfill_tx: TX } }
    expect(folded(finished, proven).moneyAtRisk).toBe(false)
  })

  it('a refund after an end is believed and flagged', () => {
    const intent = folded(
      { status: 'Expired', swap_metadata: deposit },
      { status: 'Refunded', swap_metadata: { ...deposit, refunded_at: at } },
    )
    expect(intent).toMatchObject({ status: 'Refunded', phase: 'refunded', moneyAtRisk: false })
    expect(intent.flags).toContain('backward')
    expect(intent.contradictions).toMatchObject([{ field: 'status' }])
  })
})
