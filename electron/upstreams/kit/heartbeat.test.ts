import { expect, it } from 'vitest'
import { settableClock } from '../../../test/settableClock.ts'
import { beat } from './heartbeat.ts'

it('asks at once and at the interval, and measures the answer', () => {
  const clock = settableClock()
  let asked = 0
  const heartbeat = beat(clock, 15_000, () => (asked += 1))
  clock.advance(120)
  expect(heartbeat.answered()).toBe(120)
  expect(heartbeat.answered()).toBeNull()
  clock.advance(30_000)
  expect(asked).toBe(3)
  heartbeat.stop()
  expect(clock.pending()).toBe(0)
})

it('measures a late answer from the first question that it left open', () => {
  const clock = settableClock()
  const heartbeat = beat(clock, 15_000, () => undefined)
  clock.advance(40_000)
  expect(heartbeat.answered()).toBe(40_000)
  heartbeat.stop()
})
