import { expect, it } from 'vitest'
import { framed, HASH } from '../../../test/oneinchFusionFacts.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { createDuePrompts } from './duePrompts.ts'
import { createLateEvents } from './lateEvents.ts'

function ends() {
  const emitted: string[] = []
  const late = createLateEvents(({ kind }: RawEvent) => emitted.push(kind))
  const say = (event: string): string | null => {
    const frame = { event, result: { orderHash: HASH } }
    return late.pass(frame, framed(frame))
  }
  return { emitted, late, say }
}

it('keeps back what is said of an order that is over, until it was read', () => {
  const { emitted, late, say } = ends()
  say('order_created')
  say('order_filled')
  expect(say('order_filled_partially')).toBe(HASH)
  say('order_cancelled')
  expect(emitted).toEqual(['order_created', 'order_filled', 'order_cancelled'])
  late.read(HASH.toUpperCase(), true)
  expect(emitted.at(-1)).toBe('order_filled_partially')
  expect(say('order_created')).toBe(HASH)
})

it('lets an order go on that the reading says is not over, and keeps nothing when it cannot be read or at the end', () => {
  const { emitted, late, say } = ends()
  late.read(HASH, true)
  say('order_invalid')
  late.read(HASH, null)
  expect(emitted).toEqual(['order_invalid'])
  say('order_created')
  late.release()
  expect(emitted).toEqual(['order_invalid', 'order_created'])
  late.read(HASH, false)
  expect(say('order_filled_partially')).toBeNull()
  expect(emitted).toHaveLength(3)
})

it('prompts each order once, at the earliest, and again at its expected end unless it is over', () => {
  const due = createDuePrompts()
  due.prompt('0xA', 100)
  due.prompt('0xa', 50)
  due.prompt('0xb', 60)
  due.expect('0xa', 1_000)
  due.expect('0xc', 1_000)
  expect(due.take(49, 10)).toEqual([])
  expect(due.take(60, 1)).toEqual(['0xA'])
  expect(due.take(60, 10)).toEqual(['0xb'])
  due.over('0xC')
  expect(due.take(999, 10)).toEqual([])
  expect(due.take(1_000, 10)).toEqual(['0xA'])
  expect(due.take(9_999, 10)).toEqual([])
})
