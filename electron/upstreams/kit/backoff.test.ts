import { describe, expect, it } from 'vitest'
import { createBackoff, longestDelayMs } from './backoff.ts'
import { settableClock } from '../../../test/settableClock.ts'

describe('backoff', () => {
  it('doubles its bound from one second to thirty', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 1_000].map(longestDelayMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ])
  })

  it.each([0, 0.5, 0.999_999])(
    'keeps every delay between half a second and its bound (random %d)',
    (random) => {
      const backoff = createBackoff(settableClock(0), () => random)
      for (let attempt = 1; attempt <= 20; attempt += 1) {
        backoff.begun()
        const delayMs = backoff.closed()
        expect(delayMs).toBeGreaterThanOrEqual(500)
        expect(delayMs).toBeLessThanOrEqual(longestDelayMs(attempt))
      }
    },
  )

  it('does not forget its attempts because a connection was open for a moment', () => {
    const clock = settableClock(0)
    const backoff = createBackoff(clock, () => 1)
    for (let round = 0; round < 10; round += 1) {
      backoff.begun()
      backoff.opened()
      clock.advance(29_999)
      backoff.closed()
    }
    expect(backoff.attempt()).toBe(10)
  })

  it('begins anew after thirty seconds of health', () => {
    const clock = settableClock(0)
    const backoff = createBackoff(clock, () => 1)
    for (let round = 0; round < 5; round += 1) backoff.begun()
    backoff.opened()
    clock.advance(30_000)
    backoff.begun()
    expect(backoff.attempt()).toBe(1)
    expect(backoff.closed()).toBe(1_000)
  })

  it('tries a server that always closes at once no more often than the formula says', () => {
    const clock = settableClock(0)
    const backoff = createBackoff(clock, () => 0)
    let attempts = 0
    while (clock.nowMs() < 60_000) {
      backoff.begun()
      attempts += 1
      backoff.opened()
      clock.advance(backoff.closed())
    }
    // Even the luckiest jitter waits half a second each time.
    expect(attempts).toBeLessThanOrEqual(120)
    backoff.stop()
    expect(clock.pending()).toBe(0)
  })
})
