import { expect, test } from 'vitest'
import { partOf } from './partOf.ts'

test('a part is cut, so that only the whole is a hundred percent', () => {
  expect(partOf('1', '3')).toBe('33.3')
  expect(partOf('999999999999999999999', '1000000000000000000000')).toBe('99.9')
  expect(partOf('5', '5')).toBe('100')
  expect(partOf('0', '5')).toBe('0')
})

test('of nothing there is no part', () => {
  expect(partOf('0', '0')).toBeNull()
})
