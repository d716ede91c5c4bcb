import { expect, test } from 'vitest'
import { gateOf, type GateSources } from './gate.ts'

const open: GateSources = {
  profile: { name: 'one', environment: 'staging' },
  isReadOnlyRun: false,
  areActionsAllowed: true,
  storeTrouble: null,
  unlockedUntilMs: null,
  nowMs: 1_000,
}

const production = { name: 'one', environment: 'production', readOnly: false } as const

test('the firmest refusal is the one that is told', () => {
  const all: GateSources = {
    ...open,
    profile: { ...production, readOnly: true },
    isReadOnlyRun: true,
    areActionsAllowed: false,
    storeTrouble: 'full',
  }
  const told: string[] = []
  const steps: Partial<GateSources>[] = [
    {},
    { isReadOnlyRun: false },
    { profile: production },
    { areActionsAllowed: true },
    { storeTrouble: null },
    { unlockedUntilMs: 1_001 },
  ]
  let sources = all
  for (const step of steps) {
    sources = { ...sources, ...step }
    told.push(gateOf(sources).why)
  }
  expect(told).toEqual([
    expect.stringContaining('--read-only'),
    expect.stringContaining('read-only'),
    expect.stringContaining('started without `--allow-actions`'),
    expect.stringContaining('The disk refuses'),
    expect.stringContaining('is locked'),
    '',
  ])
})

test('only a locked production profile can be unlocked, and it shuts in the very millisecond', () => {
  const locked = { ...open, profile: production }
  expect(gateOf(locked)).toMatchObject({ isOpen: false, canUnlock: true })
  expect(gateOf({ ...locked, unlockedUntilMs: 1_001 })).toMatchObject({
    ...{ isOpen: true, canUnlock: false, unlockedUntilMs: 1_001 },
  })
  expect(gateOf({ ...locked, unlockedUntilMs: 1_000 }).isOpen).toBe(false)
  expect(gateOf({ ...open, isReadOnlyRun: true }).canUnlock).toBe(false)
  expect(gateOf(open)).toMatchObject({ isOpen: true, unlockedUntilMs: null })
})

test('a production profile that says nothing of it is read-only, and cannot be unlocked', () => {
  const gate = gateOf({ ...open, profile: { name: 'one', environment: 'production' } })
  expect(gate).toMatchObject({ isOpen: false, canUnlock: false })
  expect(gate.tip).toContain('"readOnly": false')
})
