import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

describe('seeded chance', () => {
  const draws = (seed: string | number): number[] => {
    const random = createRandom(seed)
    return Array.from({ length: 100 }, random.next)
  }

  it('gives the same draws for the same seed and others for the next', () => {
    expect(draws(7)).toEqual(draws(7))
    expect(draws(7)).not.toEqual(draws(8))
  })

  it('branches without disturbing or being disturbed', () => {
    const one = createRandom(7)
    const early = one.branch('a').next()
    const other = createRandom(7)
    other.next()
    expect(other.branch('a').next()).toBe(early)
    expect(one.next()).toBe(createRandom(7).next())
    expect(one.branch('b').next()).not.toBe(early)
  })

  it('is uniform enough', () => {
    const random = createRandom('uniform')
    const buckets = new Array<number>(10).fill(0)
    for (let draw = 0; draw < 100_000; draw++) {
      const bucket = Math.floor(random.next() * 10)
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
    }
    for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(500)
  })

  it('keeps to its bounds', () => {
    const random = createRandom('bounds')
    const seen = new Set(Array.from({ length: 1_000 }, () => random.integer(-1, 2)))
    expect([...seen].sort((one, other) => one - other)).toEqual([-1, 0, 1, 2])
    expect(random.hex(20)).toMatch(/^0x[0-9a-f]{40}$/)
    expect(random.hex(31)).toMatch(/^0x[0-9a-f]{62}$/)
    expect(() => random.pick([])).toThrow(RangeError)
  })

  it('puts half of the log-normal draws below the median', () => {
    const random = createRandom('median')
    const below = Array.from({ length: 10_000 }, () => random.around(40, 0.5)).filter((draw) => draw < 40)
    expect(Math.abs(below.length - 5_000)).toBeLessThan(200)
  })
})
