import { expect, it } from 'vitest'
import { settableClock, type SettableClock } from './clock.ts'
import { lateClock, type LateClock } from './lateClock.ts'

const NOW_MS = 1_800_000_000_000
const HOUR_MS = 3_600_000

function anHourLate(): {
  outside: SettableClock
  clock: LateClock
  told: string[]
  tell: (what: string) => () => void
} {
  const outside = settableClock(NOW_MS)
  const clock = lateClock(outside, NOW_MS - HOUR_MS)
  const told: string[] = []
  const tell = (what: string) => () => {
    told.push(`${what} ${clock.nowMs() - NOW_MS}${clock.isLate ? ' late' : ''}`)
  }
  return { outside, clock, told, tell }
}

it('stands in the past, and calls back in order what fell due since, each at its own instant', () => {
  const { clock, told, tell } = anHourLate()
  clock.after(2_000, tell('second'))
  clock.after(1_000, () => {
    tell('first')()
    clock.after(500, tell('between'))
  })
  clock.after(2_000, tell('third'))
  clock.after(HOUR_MS, tell('now'))
  expect(clock.nowMs()).toBe(NOW_MS - HOUR_MS)
  clock.catchUp()
  expect(told).toEqual([
    'first -3599000 late',
    'between -3598500 late',
    'second -3598000 late',
    'third -3598000 late',
    'now 0 late',
  ])
  expect([clock.nowMs(), clock.isLate]).toEqual([NOW_MS, false])
})

it('goes with the other clock from then on, and takes along what is not due yet', () => {
  const { outside, clock, told, tell } = anHourLate()
  clock.after(HOUR_MS + 1_000, tell('soon'))
  const callOffBefore = clock.after(1_000, tell('never'))
  const callOffAfter = clock.after(HOUR_MS + 500, tell('never'))
  callOffBefore()
  clock.catchUp()
  callOffAfter()
  clock.after(2_000, tell('later'))
  outside.advanceBy(2_000)
  expect(told).toEqual(['soon 1000', 'later 2000'])
})

it('catches up with what passes meanwhile', () => {
  const { outside, clock, told, tell } = anHourLate()
  clock.after(1_000, () => {
    outside.advanceBy(5_000)
  })
  clock.after(HOUR_MS + 4_000, tell('meanwhile'))
  clock.catchUp()
  expect(told).toEqual(['meanwhile 4000 late'])
})
