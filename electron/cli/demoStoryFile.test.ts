import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { settableClock, type SettableClock } from '../../test/settableClock.ts'
import { until } from '../../test/until.ts'
import { createLogger } from './log.ts'
import type { AskedStory, KeptStory } from './demoStory.ts'
import { openDemoStory, type OpenStory } from './demoStoryFile.ts'

const NOTHING_ASKED: AskedStory = { seed: null, rate: null }
const MINUTE_MS = 60_000

let dataDir: string
let clock: SettableClock
let said: string[]
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'demo-story-'))
  clock = settableClock()
  said = []
})
afterEach(() => {
  rmSync(dataDir, { recursive: true })
})

const file = (): string => join(dataDir, 'demo-story.json')
const kept = (): KeptStory[] => (JSON.parse(readFileSync(file(), 'utf8')) as { stories: KeptStory[] }).stories

function open(asked = NOTHING_ASKED): Promise<OpenStory> {
  const say = (line: string): void => void said.push(line)
  return openDemoStory(asked, {
    dataDir,
    clock,
    logger: createLogger({ level: 'info', clock, say, file: null }),
  })
}

test('the second start goes on with the story of the first, away since that one was closed', async () => {
  const first = await open({ seed: 7, rate: 20 })
  expect(first.since).toEqual({ startedAtMs: clock.nowMs() })
  clock.advance(MINUTE_MS / 2)
  await first.close()
  const closedAtMs = clock.nowMs()
  clock.advance(60 * MINUTE_MS)
  const second = await open()
  expect(second.story).toMatchObject({ seed: 7, rate: 20, startedAtMs: first.story.startedAtMs })
  expect(second.since.absence).toEqual({ fromMs: closedAtMs + MINUTE_MS, untilMs: clock.nowMs() })
  expect(said.map((line) => /The demo \w+/.exec(line)?.[0])).toEqual(['The demo begins', 'The demo goes'])
  await second.close()
})

test('while it runs it notes every minute that somebody is there, so that a crash costs no more', async () => {
  const story = await open()
  expect(kept()[0]?.seenAtMs).toBe(clock.nowMs())
  clock.advance(MINUTE_MS)
  await until('the next note', () => kept()[0]?.seenAtMs === clock.nowMs())
  await story.close()
})

test.each([
  ['no JSON', '{'],
  ['another thing', '{"seed":7}'],
  ['nothing', ''],
])('a file that holds %s is said, and another story begins', async (_, text) => {
  writeFileSync(file(), text)
  const story = await open()
  expect(said[0]).toContain(`${file()} cannot be read`)
  expect(story.story.seed).toBe(Math.floor(clock.nowMs() / 1_000))
  await story.close()
  expect(kept()).toEqual([story.story])
})

test('a folder that was used before there was such a file gets a story of which it knows nothing', async () => {
  writeFileSync(join(dataDir, 'profile-in-use.json'), '{}')
  const story = await open()
  expect(story.story.seed).not.toBe(1)
  await story.close()
})

test('whoever asks for the same ids with other times is told what comes of it', async () => {
  await (await open({ seed: 7, rate: 1 })).close()
  const again = await open({ seed: 7, rate: 2 })
  expect(said.at(-1)).toMatch(/Story 7 was told in this folder before.*answers will disagree.*--seed.*--data/)
  await again.close()
  expect(kept()).toEqual([again.story])
})

test('whoever begins another story is told what becomes of the first, and how to go back to it', async () => {
  const first = await open()
  await first.close()
  await (await open({ seed: null, rate: 20 })).close()
  expect(said.at(-1)).toMatch(/What is open of earlier stories waits here.*--seed 1 --rate 1/)
  const back = await open({ seed: 1, rate: 1 })
  expect(back.story.startedAtMs).toBe(first.story.startedAtMs)
  await back.close()
  expect(kept().map(({ seed }) => seed)).toEqual([1, 2])
})

test('a folder that refuses the file still has its demo, and says once what that means', async () => {
  mkdirSync(`${file()}.draft`)
  const story = await open()
  clock.advance(MINUTE_MS)
  await story.close()
  expect(said.filter((line) => line.includes('may tell another story'))).toHaveLength(1)
})
