import { expect, it } from 'vitest'
import { pauseOf } from './retryAfter.ts'

const NOW_MS = Date.UTC(2026, 10, 21, 12, 0, 0)

it.each([
  ['seconds', '7', 7_000],
  ['an HTTP date', 'Sat, 21 Nov 2026 12:00:42 GMT', 42_000],
  ['a date that has passed', 'Sat, 21 Nov 2026 11:00:00 GMT', 1_000],
  ['nothing', null, 30_000],
  ['a negative number', '-5', 30_000],
  ['garbage', 'soon', 30_000],
  ['zero', '0', 1_000],
  ['ages', '1e9', 900_000],
  ['more than the cap', '1000000000', 900_000],
  ['a number beyond all numbers', '9'.repeat(400), 900_000],
])('reads %s', (_, header, expected) => {
  expect(pauseOf(header, NOW_MS)).toBe(expected)
})
