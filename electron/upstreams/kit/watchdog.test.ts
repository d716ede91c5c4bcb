import { expect, it } from 'vitest'
import { settableClock } from '../../../test/settableClock.ts'
import { watchFor } from './watchdog.ts'

it('barks at the limit and not before', () => {
  const clock = settableClock(0)
  let barks = 0
  watchFor(clock, 1_000, () => (barks += 1))
  clock.advance(999)
  expect(barks).toBe(0)
  clock.advance(1)
  expect(barks).toBe(1)
})

it('counts from the last traffic, and barks once a silence', () => {
  const clock = settableClock(0)
  let barks = 0
  const watchdog = watchFor(clock, 1_000, () => (barks += 1))
  for (let step = 0; step < 10; step += 1) {
    clock.advance(900)
    watchdog.fed()
  }
  expect(barks).toBe(0)
  clock.advance(5_000)
  expect(barks).toBe(1)
  watchdog.fed()
  clock.advance(5_000)
  expect(barks).toBe(2)
})

it('leaves no timer behind', () => {
  const clock = settableClock(0)
  const watchdog = watchFor(clock, 1_000, () => {
    watchdog.stop()
  })
  clock.advance(1_000)
  expect(clock.pending()).toBe(0)
})
