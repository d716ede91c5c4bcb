import { expect, test } from 'vitest'
import { NEWEST, scratchStore } from './testing/scratch.ts'
import { tinyEvent } from './testing/tinySystem.ts'

test('text is found at every moment: before the index has it, while it is stale, and after', () => {
  using scratch = scratchStore()
  const { store } = scratch
  const total = (query: string) => store.page({ query, sort: NEWEST, limit: 5, since: 0, nowMs: 9 }).total
  store.append([tinyEvent({ ids: ['a1'], note: 'first words' }, 1), tinyEvent({ ids: ['a2'] }, 2)])
  expect([total('words'), total('second')]).toEqual([1, 0])
  while (store.idle());
  expect([total('words'), total('second')]).toEqual([1, 0])
  store.append([tinyEvent({ ids: ['a1'], note: 'second' }, 3)])
  expect([total('words'), total('second')]).toEqual([0, 1])
  while (store.idle());
  expect([total('words'), total('second')]).toEqual([0, 1])
})

test('an intent that was merged into another is found no more under its own text', () => {
  using scratch = scratchStore()
  const { store } = scratch
  store.append([tinyEvent({ ids: ['aa11'] }, 1), tinyEvent({ ids: ['bb22'], note: 'old tale' }, 2)])
  while (store.idle());
  store.append([tinyEvent({ ids: ['aa11', 'bb22'], note: 'new tale' }, 3)])
  while (store.idle());
  const found = store.page({ query: 'tale', sort: NEWEST, limit: 5, since: 0, nowMs: 9 })
  expect(found).toMatchObject({ total: 1, order: ['tiny:aa11'] })
})
