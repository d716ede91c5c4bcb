import { describe, expect, it } from 'vitest'
import type { Rehearsal } from '../../../shared/api/action.ts'
import { missingOf, type ConsentGiven } from './consent.ts'

const rehearsal = {
  preconditions: [
    { name: 'source timelock expired', state: 'met', why: '', opensAtMs: null },
    { name: 'no refund under way', state: 'unknown', why: 'Nobody says.', opensAtMs: null },
  ],
  confirmation: { tail: '0a1b2c', amount: '1.5 ETH' },
  needsApproval: true,
} as unknown as Rehearsal

const all: ConsentGiven = {
  acknowledged: ['no refund under way'],
  reason: 'Customer asked.',
  tail: '0a1b2c',
  amount: '1.5 ETH',
  approval: '{}',
}

describe('missingOf', () => {
  it('lets it be sent only when every part is there', () => {
    expect(missingOf(rehearsal, all)).toEqual([])
    const without: Partial<ConsentGiven>[] = [
      { acknowledged: [] },
      { approval: null },
      { reason: '  ' },
      { tail: '0a1b2' },
      { amount: '1.50 ETH' },
    ]
    expect(without.map((less) => missingOf(rehearsal, { ...all, ...less }).length)).toEqual([1, 1, 1, 1, 1])
  })

  it('asks for no amount where there is none, and for no approval where none is needed', () => {
    const plain = { ...rehearsal, needsApproval: false, confirmation: { tail: '0a1b2c', amount: null } }
    expect(missingOf(plain, { ...all, amount: '', approval: null })).toEqual([])
  })

  it('takes an amount typed in groups of digits', () => {
    const million = { ...rehearsal, confirmation: { tail: '0a1b2c', amount: '1000000' } }
    expect(missingOf(million, { ...all, amount: ' 1 000\u202f000' })).toEqual([])
    expect(missingOf(million, { ...all, amount: '1 000 00' })).toEqual(['the amount'])
  })

  it('does not take one acknowledgement for another', () => {
    expect(missingOf(rehearsal, { ...all, acknowledged: ['source timelock expired'] })).toEqual([
      'what could not be checked',
    ])
  })
})
