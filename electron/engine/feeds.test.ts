import { expect, test } from 'vitest'
import { settableClock } from '../../test/settableClock.ts'
import { openFeed } from './feeds.ts'

function feedAt(version: number) {
  const clock = settableClock()
  return { clock, feed: openFeed({ after: clock.after, paceMs: 16, version }) }
}

/** Whether a promise has resolved by now. */
async function isDone(promise: Promise<void>): Promise<boolean> {
  const pending = Symbol('pending')
  const first = await Promise.race([promise, Promise.resolve(pending)])
  return first !== pending
}

test('who is behind is answered at once, who has seen all waits for the next', async () => {
  const { feed } = feedAt(5)
  expect(await isDone(feed.next({ since: 4, waitMs: 1_000 }))).toBe(true)
  const waiting = feed.next({ since: 5, waitMs: 1_000 })
  expect(await isDone(waiting)).toBe(false)
  feed.raise(6)
  await waiting
})

test('a wait ends when its time is over, and leaves no timer', async () => {
  const { clock, feed } = feedAt(5)
  const waiting = feed.next({ since: 5, waitMs: 1_000 })
  clock.advance(999)
  expect(await isDone(waiting)).toBe(false)
  clock.advance(1)
  await waiting
  expect(clock.pending()).toBe(0)
})

test('a reader that goes away leaves nothing behind', async () => {
  const { clock, feed } = feedAt(5)
  const gone = new AbortController()
  const waiting = feed.next({ since: 5, waitMs: 1_000, signal: gone.signal })
  gone.abort()
  await waiting
  expect(clock.pending()).toBe(0)
})

test('a burst wakes readers at once and then once per pace, with the newest', async () => {
  const { clock, feed } = feedAt(0)
  const first = feed.next({ since: 0, waitMs: 1_000 })
  feed.raise(1)
  await first
  const second = feed.next({ since: 1, waitMs: 1_000 })
  for (let version = 2; version <= 50; version += 1) feed.raise(version)
  expect(await isDone(second)).toBe(false)
  clock.advance(16)
  await second
  expect(feed.version()).toBe(50)
})

test('a reader that already has the newest is not woken by its publication', async () => {
  const { clock, feed } = feedAt(0)
  feed.raise(1)
  feed.raise(2)
  const ahead = feed.next({ since: 2, waitMs: 1_000 })
  clock.advance(16)
  expect(await isDone(ahead)).toBe(false)
  feed.close()
})

test('a version of an earlier run, higher than any of this one, is answered at once', async () => {
  const { feed } = feedAt(5)
  expect(await isDone(feed.next({ since: 900, waitMs: 1_000 }))).toBe(true)
})

test('closing lets every reader go', async () => {
  const { clock, feed } = feedAt(5)
  const waiting = Promise.all([1, 2, 3].map(() => feed.next({ since: 5, waitMs: 1_000 })))
  feed.close()
  await waiting
  expect(await isDone(feed.next({ since: 5, waitMs: 1_000 }))).toBe(true)
  expect(clock.pending()).toBe(0)
})

test('it is followed while a reader waits and just after, and not before anybody asked', async () => {
  const { feed } = feedAt(5)
  expect(feed.isFollowed()).toBe(false)
  const waiting = feed.next({ since: 5, waitMs: 1_000 })
  expect(feed.isFollowed()).toBe(true)
  feed.raise(6)
  await waiting
  expect(feed.isFollowed()).toBe(true)
})
