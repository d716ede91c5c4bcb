import { expect, it } from 'vitest'
import { byArrival, honest, outcomeOf, withoutKeys } from './shuffles.ts'

/** Fifty data folders, each of the histories' walks among them; `node test/long/shuffles.ts` runs a thousand seeds. */
const SEEDS = 10

/** Each folder is a database of its own, which takes long on a machine that does other things too. */
const LIMIT = { timeout: 120_000 }

it(
  'a history shuffled, doubled, backwards or with a reconnect in it gives the same conclusions',
  LIMIT,
  () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { straight, others, statusCount, changeCount } = outcomeOf(seed, honest)
      for (const [how, hash] of Object.entries(others)) expect(hash, `seed ${seed}, ${how}`).toBe(straight)
      // intent:status and intent:status_changed for one change count once.
      expect(statusCount, `seed ${seed}`).toBe(changeCount)
    }
  },
)

it('control: ordered by arrival, the same history gives other conclusions', LIMIT, () => {
  const outcomes = Array.from({ length: 5 }, (_, seed) => outcomeOf(seed + 1, byArrival))
  expect(outcomes.every(({ straight, others }) => others['backwards'] !== straight)).toBe(true)
})

it('control: without keys, what is said twice counts twice', LIMIT, () => {
  const { statusCount, changeCount } = outcomeOf(1, withoutKeys)
  expect(statusCount).toBeGreaterThan(changeCount)
})
