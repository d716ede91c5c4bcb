import { expect, test, vi } from 'vitest'
import type { IntentRow } from '../../../shared/api/row.ts'
import { Picked } from './picked.ts'

const [a, b] = ['a', 'b'].map((id) => ({ id, connection: 'fusion' }) as IntentRow) as [IntentRow, IntentRow]

test('a row is picked once, however often it is added, and let go by toggling', () => {
  const picked = new Picked()
  picked.add(a)
  picked.add(a)
  picked.toggle(b)
  expect(picked.read().map(({ id }) => id)).toEqual(['a', 'b'])
  picked.toggle(a)
  expect([picked.has('a'), picked.has('b')]).toEqual([false, true])
})

test('who listens is told, and what was read does not change under them', () => {
  const picked = new Picked()
  const listener = vi.fn()
  const stop = picked.subscribe(listener)
  picked.add(a)
  const before = picked.read()
  picked.clear()
  expect(before).toHaveLength(1)
  expect(picked.read()).toHaveLength(0)
  stop()
  picked.add(b)
  expect(listener).toHaveBeenCalledTimes(2)
})
