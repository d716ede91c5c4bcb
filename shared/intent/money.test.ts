import { describe, expect, it } from 'vitest'
import { foldFacts } from './fold.ts'
import { head, heard, T0, type Sketch } from './testSystem.ts'

const atRisk = (...sketches: Sketch[]) =>
  foldFacts(
    head,
    sketches.map((sketch, at) => heard({ at: at * 1_000, ...sketch })),
  ).moneyAtRisk

const locked: Sketch = { learned: { fundsLocked: { atMs: null } } }
const released: Sketch = { learned: { fundsReleased: { atMs: null } } }

describe('money at risk', () => {
  it('is none before the lock', () => {
    expect(atRisk({ status: 'open' })).toBe(false)
    expect(atRisk({ status: 'locking' })).toBe(false)
    expect(atRisk({ status: 'locking' }, { status: 'failed' })).toBe(false)
  })

  it('begins with the lock or with execution', () => {
    expect(atRisk({ status: 'locking' }, locked)).toBe(true)
    expect(atRisk({ status: 'executing' })).toBe(true)
  })

  it('outlives an end that brought nothing back', () => {
    expect(atRisk({ status: 'executing' }, { status: 'failed' })).toBe(true)
    expect(atRisk({ status: 'locking' }, locked, { status: 'expired' })).toBe(true)
    expect(atRisk({ status: 'executing' }, { status: 'failed' }, released)).toBe(false)
  })

  it('ends with completion, unless that is contradicted', () => {
    expect(atRisk({ status: 'executing' }, { status: 'completed' })).toBe(false)
    expect(atRisk({ status: 'executing' }, { status: 'failed' }, { status: 'completed' })).toBe(true)
    expect(atRisk({ status: 'executing' }, { status: 'completed' }, { status: 'executing' })).toBe(true)
  })

  it('dates lock and release by the earliest that was said', () => {
    const intent = foldFacts(head, [
      heard({ at: 5_000, learned: { fundsLocked: { atMs: null }, fundsReleased: { atMs: T0 + 4_000 } } }),
      heard({
        at: 6_000,
        learned: { fundsLocked: { atMs: T0 + 2_000 }, fundsReleased: { atMs: T0 + 6_000 } },
      }),
    ])
    expect(intent).toMatchObject({ fundsLockedAtMs: T0 + 2_000, fundsReleasedAtMs: T0 + 4_000 })
  })
})
