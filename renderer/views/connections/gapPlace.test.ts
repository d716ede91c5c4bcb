import { expect, test } from 'vitest'
import { placeOfGap } from './gapPlace.ts'

const HOUR_MS = 3_600_000
const NOW_MS = 1_800_000_000_000

test('a gap covers its exact stretch of the day', () => {
  const gap = { fromMs: NOW_MS - 12 * HOUR_MS, untilMs: NOW_MS - 6 * HOUR_MS }
  expect(placeOfGap(gap, NOW_MS)).toEqual({ left: '50%', width: '25%' })
})

test('one that lasts reaches to now', () => {
  expect(placeOfGap({ fromMs: NOW_MS - 6 * HOUR_MS, untilMs: null }, NOW_MS)).toEqual({
    left: '75%',
    width: '25%',
  })
})

test('what is older than the day is cut off', () => {
  const gap = { fromMs: NOW_MS - 48 * HOUR_MS, untilMs: NOW_MS - 18 * HOUR_MS }
  expect(placeOfGap(gap, NOW_MS)).toEqual({ left: '0%', width: '25%' })
})
