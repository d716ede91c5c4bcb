import { expect, test } from 'vitest'
import { chartPoints, compareCounters, differenceWords, phasesOf } from './comparison.ts'

test('a counter stands beside the phases that its name means', () => {
  expect(phasesOf('executing')).toEqual(['executing'])
  expect(phasesOf('submitted')).toEqual(['created', 'open'])
  expect(phasesOf('matched')).toEqual(['matched', 'locking'])
  expect(phasesOf('total')).toContain('unknown')
  expect(phasesOf('toString')).toEqual([])
})

test('counters keep their order and say how they changed within the hour', () => {
  const counters = compareCounters({
    latest: { atMs: 2, values: { total: 9, executing: 4, shielded: 1 } },
    hourBefore: { atMs: 1, values: { total: 12 } },
    oursNow: { executing: 3, locking: 2, completed: 4 },
  })
  expect(counters.map(({ name, changeInHour, ours }) => [name, changeInHour, ours])).toEqual([
    ['total', -3, 9],
    ['executing', null, 3],
    ['shielded', null, null],
  ])
})

test('a stretch that was not heard breaks both lines', () => {
  const series = {
    atMs: [1, 2, 3],
    system: { matched: [5, null, 6] },
    ours: { matched: [3, null, 4], locking: [1, null, 0] },
  }
  expect(chartPoints(series, 'matched')).toEqual([
    { atMs: 1, system: 5, ours: 4 },
    { atMs: 2, system: null, ours: null },
    { atMs: 3, system: 6, ours: 4 },
  ])
})

test('a difference is said in words, and only where there is one', () => {
  expect(differenceWords({ system: 1_300, ours: 96 })).toBe('system counts 1,204 more')
  expect(differenceWords({ system: 1, ours: 3 })).toBe('console counts 2 more')
  expect(differenceWords({ system: 3, ours: 3 })).toBe('')
  expect(differenceWords({ system: 3, ours: null })).toBe('')
})
