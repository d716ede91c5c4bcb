import { expect, test } from 'vitest'
import { settableClock } from '../../../test/settableClock.ts'
import { Drafts, type DraftContent } from './drafts.ts'

const shown = { command: 'refund' } as Parameters<Drafts['hold']>[0]
const content = {} as DraftContent
const MINUTE_MS = 60_000

test('a draft waits ten minutes and is forgotten then, with what was filled in', () => {
  const clock = settableClock()
  const drafts = new Drafts(clock)
  const { draft } = drafts.hold(shown, content).rehearsal
  clock.advance(10 * MINUTE_MS - 1)
  expect(drafts.named(draft).content).toBe(content)
  clock.advance(1)
  expect(() => drafts.named(draft)).toThrow('no longer held')
  expect(clock.pending()).toBe(0)
})

test('one that is under way is held until it is answered, whatever the clock says', () => {
  const clock = settableClock()
  const drafts = new Drafts(clock)
  const draft = drafts.hold(shown, content)
  draft.giving = new Promise(() => undefined)
  clock.advance(11 * MINUTE_MS)
  drafts.clear()
  expect(drafts.named(draft.rehearsal.draft)).toBe(draft)
  drafts.close()
  expect(() => drafts.named(draft.rehearsal.draft)).toThrow('no longer held')
})

test('another profile, and the end, forget what was filled in', () => {
  const clock = settableClock()
  const drafts = new Drafts(clock)
  const { draft } = drafts.hold(shown, content).rehearsal
  drafts.clear()
  expect(() => drafts.named(draft)).toThrow('no longer held')
  expect(clock.pending()).toBe(0)
})

test('so many drafts that nobody gives push out the oldest', () => {
  const drafts = new Drafts(settableClock())
  const ids = Array.from({ length: 2_001 }, () => drafts.hold(shown, content).rehearsal.draft)
  expect(() => drafts.named(ids[0] ?? '')).toThrow('no longer held')
  expect(drafts.named(ids[2_000] ?? '').content).toBe(content)
})
