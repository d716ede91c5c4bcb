import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from './clock.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function fired(delayMs: number): () => boolean {
  let isFired = false
  systemClock.after(delayMs, () => {
    isFired = true
  })
  return () => isFired
}

test('a timer of thirty days fires after thirty days and not before', () => {
  const isFired = fired(30 * DAY_MS)
  vi.advanceTimersByTime(30 * DAY_MS - 1)
  expect(isFired()).toBe(false)
  vi.advanceTimersByTime(1)
  expect(isFired()).toBe(true)
})

test('the control: a plain timer of thirty days fires at once', () => {
  // What Node says about it is known.
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  let isFired = false
  setTimeout(() => {
    isFired = true
  }, 30 * DAY_MS)
  vi.advanceTimersByTime(1_000)
  expect(isFired).toBe(true)
  warned.mockRestore()
})

test.each([HOUR_MS, -HOUR_MS, DAY_MS, -DAY_MS])('the machine’s clock set by %i ms moves no timer', (byMs) => {
  const isFired = [fired(60_000), fired(30 * DAY_MS)]
  vi.advanceTimersByTime(30_000)
  vi.setSystemTime(Date.now() + byMs)
  vi.advanceTimersByTime(29_999)
  expect(isFired.map((is) => is())).toEqual([false, false])
  vi.advanceTimersByTime(1)
  expect(isFired.map((is) => is())).toEqual([true, false])
  vi.advanceTimersByTime(30 * DAY_MS - 60_001)
  expect(isFired.map((is) => is())).toEqual([true, false])
  vi.advanceTimersByTime(1)
  expect(isFired.map((is) => is())).toEqual([true, true])
})

test('a sleep ends at once when its signal fires, and leaves no timer behind', async () => {
  const ending = new AbortController()
  const sleeping = systemClock.sleep(30 * DAY_MS, ending.signal)
  ending.abort()
  await sleeping
  expect(vi.getTimerCount()).toBe(0)
  await systemClock.sleep(1, ending.signal)
})
