import { expect, test } from 'vitest'
import { curveInBox, valueAt } from './curve.ts'

const FALLING = [
  { atMs: 1_000, value: '1000000000000000000000' },
  { atMs: 3_000, value: '900000000000000000000' },
]

test('between two points the value is exact, far beyond what a floating number holds', () => {
  expect(valueAt(FALLING, 2_000)).toBe('950000000000000000000')
  expect(valueAt(FALLING, 1_001)).toBe('999950000000000000000')
  const odd = [
    { atMs: 0, value: '100000000000000000001' },
    { atMs: 2, value: '100000000000000000003' },
  ]
  expect(valueAt(odd, 1)).toBe('100000000000000000002')
})

test('before the first and after the last point the value there holds', () => {
  expect(valueAt(FALLING, 0)).toBe(FALLING[0]?.value)
  expect(valueAt(FALLING, 9_999)).toBe(FALLING[1]?.value)
  expect(valueAt([{ atMs: 5, value: '7.50' }], 5)).toBe('7.50')
  expect(valueAt([], 5)).toBeNull()
})

test('a short value gets enough digits to be seen moving, and keeps its sign', () => {
  const points = [
    { atMs: 0, value: '1' },
    { atMs: 3_000, value: '0' },
  ]
  expect(valueAt(points, 1_000)).toBe('0.66667')
  expect(
    valueAt(
      [
        { atMs: 0, value: '-0.5' },
        { atMs: 2, value: '0' },
      ],
      1,
    ),
  ).toBe('-0.25')
})

test('a value that is no decimal is not guessed', () => {
  const broken = [
    { atMs: 0, value: '1' },
    { atMs: 2, value: '2e3' },
  ]
  expect(valueAt(broken, 1)).toBeNull()
  expect(valueAt([{ atMs: 0, value: 'soon' }], 1)).toBeNull()
})

test('a curve fills its box, and now stands on it or at its nearer end', () => {
  const box = { width: 100, height: 40 }
  expect(curveInBox(FALLING, 2_000, box)).toEqual({ line: '0.0,0.0 100.0,40.0', now: { x: 50, y: 20 } })
  expect(curveInBox(FALLING, 0, box).now).toEqual({ x: 0, y: 0 })
  expect(curveInBox(FALLING, 9_999, box).now).toEqual({ x: 100, y: 40 })
  expect(curveInBox([{ atMs: 1, value: '3' }], 1, box).now).toEqual({ x: 0, y: 20 })
})
