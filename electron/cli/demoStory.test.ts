import { describe, expect, it } from 'vitest'
import { EDITION } from '../sandbox/edition.ts'
import { seenEveryMs, tellingOf, type AskedStory, type KeptStory } from './demoStory.ts'

const NOW_MS = 1_800_000_000_000
const DAY_MS = 24 * 3_600_000

const NOTHING_ASKED: AskedStory = { seed: null, rate: null }

function keptStory(seed: number, rate: number, daysAgo: number): KeptStory {
  const startedAtMs = NOW_MS - daysAgo * DAY_MS
  return { edition: EDITION, seed, rate, startedAtMs, seenAtMs: startedAtMs + DAY_MS / 2 }
}

const last = keptStory(7, 2, 1)
const earlier = keptStory(9, 1, 3)
const kept = [last, earlier]

describe('a story that was told before', () => {
  it.each([
    ['nothing', NOTHING_ASKED, last],
    ['its seed', { seed: 7, rate: null }, last],
    ['its rate', { seed: null, rate: 2 }, last],
    ['the seed of an earlier one', { seed: 9, rate: null }, earlier],
    ['the rate of an earlier one', { seed: null, rate: 1 }, earlier],
  ])('goes on where %s is asked for', (_, asked, story) => {
    expect(tellingOf(kept, asked, NOW_MS)).toEqual({
      story: { ...story, seenAtMs: NOW_MS },
      others: kept.filter((one) => one !== story),
      waiting: kept.find((one) => one !== story),
      since: {
        startedAtMs: story.startedAtMs,
        absence: { fromMs: story.seenAtMs + seenEveryMs(story.rate), untilMs: NOW_MS },
      },
      isRepeated: false,
    })
  })

  it('was not left alone where somebody was there a moment ago, whatever became of the clock', () => {
    for (const seenAtMs of [NOW_MS - 1, NOW_MS, NOW_MS + DAY_MS]) {
      const { since } = tellingOf([{ ...last, seenAtMs }], NOTHING_ASKED, NOW_MS)
      expect(since.absence).toEqual({ fromMs: NOW_MS, untilMs: NOW_MS })
    }
  })

  it.each([
    ['another rate', { seed: null, rate: 20 }, { seed: 10, rate: 20 }],
    ['another seed', { seed: 12, rate: null }, { seed: 12, rate: 1 }],
  ])('gives way to a new one, of a seed that was never told, where %s is asked for', (_, asked, story) => {
    expect(tellingOf(kept, asked, NOW_MS)).toEqual({
      story: { edition: EDITION, ...story, startedAtMs: NOW_MS, seenAtMs: NOW_MS },
      others: kept,
      waiting: last,
      since: { startedAtMs: NOW_MS },
      isRepeated: false,
    })
  })

  it('says so where its seed is asked for at another rate, and is told no more', () => {
    const asked = { seed: 7, rate: 20 }
    expect(tellingOf(kept, asked, NOW_MS)).toMatchObject({
      isRepeated: true,
      story: asked,
      others: [earlier],
    })
  })

  it.each([
    ['has gone on for longer than can be counted', { ...last, startedAtMs: NOW_MS - 45 * DAY_MS - 1 }],
    ['was begun in another edition', { ...last, edition: EDITION - 1 }],
    ['would begin in time to come', { ...last, startedAtMs: NOW_MS + 1 }],
  ])('ends where it %s', (_, story) => {
    expect(tellingOf([story], NOTHING_ASKED, NOW_MS)).toMatchObject({
      story: { seed: 8, rate: 1, startedAtMs: NOW_MS },
      since: { startedAtMs: NOW_MS },
    })
  })
})

it('is the first one in a folder that was never used, and one that nobody chose where nothing can be known', () => {
  expect(tellingOf([], NOTHING_ASKED, NOW_MS).story).toMatchObject({ seed: 1, rate: 1 })
  expect(tellingOf([], { seed: 4, rate: 20 }, NOW_MS).story).toMatchObject({ seed: 4, rate: 20 })
  expect(tellingOf(null, NOTHING_ASKED, NOW_MS).story.seed).toBe(NOW_MS / 1_000)
})

it('is noted every minute, and every hour of its own where that is shorter', () => {
  expect([1, 60, 1_000].map(seenEveryMs)).toEqual([60_000, 60_000, 3_600])
})
