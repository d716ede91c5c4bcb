import { describe, expect, it } from 'vitest'
import type { IntentRow } from '../../shared/api/row.ts'
import { connectionId, intentIdOf } from '../../shared/intent/ids.ts'
import { changedFields, Marks } from './marks.ts'

const id = intentIdOf(connectionId('fusion-test'), { kind: 'intentId', value: '0x4f1ab27d9c02' })
const row: IntentRow = {
  id,
  version: 1,
  system: 'fusion',
  connection: connectionId('fusion-test'),
  mainId: '0x4f1ab27d9c02',
  status: 'matched',
  phase: 'matched',
  isTerminal: false,
  phaseSinceMs: 1_000,
  createdAtMs: 500,
  updatedAtMs: 1_000,
  lastHeardAtMs: 1_000,
  lastKind: 'statusClaimed',
  lastOrigin: 'push',
  source: { chainId: 1, token: null, amount: null },
  destination: { chainId: 2, token: null, amount: null },
  maker: null,
  solver: null,
  deadlines: [],
  situations: [],
  overdueAtMs: null,
  moneyAtRisk: false,
  isContradicted: false,
  isRemoved: false,
  isWatched: false,
  hasGap: false,
  tags: [],
  noteCount: 0,
  silencedUntilMs: null,
}
const executing: IntentRow = { ...row, version: 2, status: 'executing', phase: 'executing' }

describe('changedFields', () => {
  it('names what a person would see change, and not the times', () => {
    expect(changedFields(row, executing)).toEqual(['phase', 'status'])
    expect(changedFields(row, { ...row, version: 2, lastHeardAtMs: 2_000, updatedAtMs: 2_000 })).toEqual([])
  })

  it('notices an exact amount inside a leg', () => {
    const amount = { amountRaw: '1', decimals: 18, decimalsOrigin: 'system', symbol: 'ETH' } as const
    expect(changedFields(row, { ...row, source: { ...row.source, amount } })).toEqual(['route'])
  })
})

describe('Marks', () => {
  it('keeps a mark until the row was on the screen for two seconds', () => {
    const marks = new Marks()
    marks.note(row, executing)
    expect(marks.shown([id], 1_999)).toEqual([])
    expect(marks.has(id, 'phase')).toBe(true)
    expect(marks.has(id, 'maker')).toBe(false)
    expect(marks.shown([id], 1)).toEqual([id])
    expect(marks.has(id, 'phase')).toBe(false)
  })

  it('does not count time for rows that are not on the screen', () => {
    const marks = new Marks()
    marks.note(row, executing)
    marks.shown([], 10_000)
    expect(marks.has(id, 'status')).toBe(true)
  })

  it('starts again when the row changes once more, and keeps the older mark', () => {
    const marks = new Marks()
    marks.note(row, executing)
    marks.shown([id], 1_500)
    marks.note(executing, { ...executing, version: 3, solver: '0xabab' })
    expect(marks.shown([id], 1_500)).toEqual([])
    expect([marks.has(id, 'phase'), marks.has(id, 'solver')]).toEqual([true, true])
  })
})
