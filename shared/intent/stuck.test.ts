import { describe, expect, it } from 'vitest'
import { overdueAtMs, stuckAt } from './stuck.ts'
import { T0, vocabulary } from './testSystem.ts'

const waiting = {
  status: 'open',
  phase: 'open' as const,
  isTerminal: false,
  isRemoved: false,
  phaseSinceMs: T0,
}

describe('stuck', () => {
  it('begins at the instant at which the wait stops being normal', () => {
    expect(stuckAt(waiting, vocabulary, T0 + 59_999)).toBeNull()
    expect(stuckAt(waiting, vocabulary, T0 + 60_000)).toEqual({
      rule: 'waiting-too-long',
      sinceMs: T0 + 60_000,
      why: 'Open for 1 min; up to 1 min is normal.',
      nextActor: 'solver',
      then: 'After open comes more.',
    })
  })

  it('says long waits in hours and days', () => {
    expect(stuckAt(waiting, vocabulary, T0 + 7_500_000)?.why).toBe(
      'Open for 2 h 5 min; up to 1 min is normal.',
    )
    expect(stuckAt(waiting, vocabulary, T0 + 273_600_000)?.why).toBe(
      'Open for 3 d 4 h; up to 1 min is normal.',
    )
  })

  it.each([
    { ...waiting, isTerminal: true },
    { ...waiting, isRemoved: true },
    { ...waiting, status: 'weird' },
    { ...waiting, status: 'completed' },
  ])('never begins for $status (ended $isTerminal, removed $isRemoved)', (intent) => {
    expect(overdueAtMs(intent, vocabulary)).toBeNull()
    expect(stuckAt(intent, vocabulary, T0 + 1e12)).toBeNull()
  })
})
