import { expect, test } from 'vitest'
import { PHASES, type Phase } from '../../../shared/intent/phase.ts'
import { chartPoints, compareCounters, differenceWords } from './comparison.ts'

const COUNTED_AS: Record<string, readonly Phase[]> = {
  total: PHASES,
  matched: ['matched', 'locking'],
  executing: ['executing'],
}

test('a counter stands beside the phases that the vocabulary gives it, and alone where it gives none', () => {
  const series = {
    latest: { atMs: 2, values: { matched: 5, toString: 1, executing: 1 } },
    hourBefore: null,
    oursNow: { matched: 2, locking: 1, executing: 1 },
  }
  const found = compareCounters(series, COUNTED_AS).map(({ name, phases, ours }) => [name, phases, ours])
  expect(found).toEqual([
    ['matched', ['matched', 'locking'], 3],
    ['toString', [], null],
    ['executing', ['executing'], 1],
  ])
  expect(compareCounters(series, {}).every(({ ours }) => ours === null)).toBe(true)
})

test('counters keep their order and say how they changed within the hour', () => {
  const series = {
    latest: { atMs: 2, values: { total: 9, executing: 4, shielded: 1 } },
    hourBefore: { atMs: 1, values: { total: 12 } },
    oursNow: { executing: 3, locking: 2, completed: 4 },
  }
  const counters = compareCounters(series, COUNTED_AS)
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
  expect(chartPoints(series, { name: 'matched', phases: ['matched', 'locking'] })).toEqual([
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
