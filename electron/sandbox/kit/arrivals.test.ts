import { expect, it } from 'vitest'
import type { Absence } from './absence.ts'
import { arrivals, type Arrival } from './arrivals.ts'
import { createRandom } from './random.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** All that begins in two days of story, which runs at its own pace from instant 0. */
function twoDays(absence?: Absence): Arrival[] {
  const options = { random: createRandom(7), rate: 1, arrivalMs: MINUTE_MS, pastMs: 90 * MINUTE_MS, absence }
  const found: Arrival[] = []
  for (const arrival of arrivals(options, (storyMs) => storyMs)) {
    if (arrival.bornMs > 48 * HOUR_MS) return found
    found.push(arrival)
  }
  return found
}

it('numbers what begins, from the past on', () => {
  const all = twoDays()
  expect(all[0]).toEqual({ serial: 0, bornMs: -90 * MINUTE_MS })
  expect(all.map(({ serial }) => serial)).toEqual(all.map((_, at) => at))
  expect(all.length).toBeGreaterThan(49.5 * 60 * 0.9)
})

it('leaves out what nobody needs after an absence, and changes nothing of the rest', () => {
  const all = twoDays()
  const absence = { fromMs: 8 * HOUR_MS, untilMs: 40 * HOUR_MS }
  const isNeeded = ({ bornMs }: Arrival): boolean =>
    (bornMs >= 4 * HOUR_MS && bornMs < 8 * HOUR_MS) || bornMs >= 38.5 * HOUR_MS
  expect(twoDays(absence)).toEqual(all.filter(isNeeded))
})

it('leaves out nothing where somebody was there until a moment ago and the story is young', () => {
  expect(twoDays({ fromMs: 2 * HOUR_MS, untilMs: 2 * HOUR_MS })).toEqual(twoDays())
})
