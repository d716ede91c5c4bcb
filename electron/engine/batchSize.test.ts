import { expect, test } from 'vitest'
import { BatchSize } from './batchSize.ts'

test('while nobody watches batches are as large as is of use, however slow the disk is', () => {
  const size = new BatchSize()
  size.took(1_000, 10_000)
  expect(size.most(false)).toBe(4_000)
})

test('while somebody watches a batch is what 33 ms are enough for', () => {
  const size = new BatchSize()
  for (let n = 0; n < 50; n += 1) size.took(1_000, 100)
  expect(size.most(true)).toBe(330)
  for (let n = 0; n < 50; n += 1) size.took(1_000, 10)
  expect(size.most(true)).toBeGreaterThan(3_000)
})

test('it never falls so low that only syncs are left to do, and small appends say nothing', () => {
  const size = new BatchSize()
  for (let n = 0; n < 50; n += 1) size.took(1_000, 60_000)
  expect(size.most(true)).toBe(200)
  const unmeasured = new BatchSize()
  unmeasured.took(1, 500)
  expect(unmeasured.most(true)).toBe(new BatchSize().most(true))
})
