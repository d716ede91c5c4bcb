import { expect, test } from 'vitest'
import { keepGaps } from './gaps.ts'

function keeper(openSinceMs: number | null = null) {
  const told: [string, object][] = []
  const gaps = keepGaps({
    openSinceMs,
    tell: (kind, said) => told.push([kind, said]),
    nowMs: () => 9_000,
  })
  return { gaps, told }
}

test('a silence is one gap with both bounds, however often it is reported', () => {
  const { gaps, told } = keeper()
  gaps.lost(1_000, 'closed by the server')
  gaps.lost(1_000, 'still down')
  const gap = gaps.resumed(5_000, false)
  expect(gaps.resumed(5_001, false)).toBeNull()
  expect(gap).toMatchObject({ fromMs: 1_000, untilMs: 5_000 })
  expect(told).toEqual([
    ['gapOpened', { fromMs: 1_000, reason: 'closed by the server' }],
    ['gapClosed', { fromMs: 1_000, untilMs: 5_000, isRecovered: false }],
  ])
})

test('a repair is told once, with its count', () => {
  const { gaps, told } = keeper()
  gaps.lost(1_000, 'x')
  const gap = gaps.resumed(5_000, false)
  gap?.repaired({ readCount: 3, failedCount: 1 })
  gap?.repaired({ readCount: 3, failedCount: 1 })
  expect(told.slice(2)).toEqual([
    ['gapRepaired', { fromMs: 1_000, atMs: 9_000, readCount: 3, failedCount: 1 }],
  ])
})

test('when the peer proves that nothing was missed there is nothing to repair', () => {
  const { gaps, told } = keeper()
  gaps.lost(1_000, 'x')
  expect(gaps.resumed(5_000, true)).toBeNull()
  expect(told.at(-1)).toEqual(['gapClosed', { fromMs: 1_000, untilMs: 5_000, isRecovered: true }])
})

test('a gap that an earlier run left open keeps its beginning', () => {
  const { gaps, told } = keeper(400)
  gaps.lost(1_000, 'the console was not running')
  expect(gaps.resumed(5_000, false)).toMatchObject({ fromMs: 400, untilMs: 5_000 })
  expect(told).toHaveLength(1)
})

test('a clock that was set back makes no gap that ends before it begins', () => {
  const { gaps } = keeper()
  gaps.lost(8_000, 'x')
  expect(gaps.resumed(2_000, false)).toMatchObject({ fromMs: 8_000, untilMs: 8_000 })
})

test('hearing for the first time is no gap', () => {
  const { gaps, told } = keeper()
  expect(gaps.resumed(5_000, false)).toBeNull()
  expect(told).toEqual([])
})
