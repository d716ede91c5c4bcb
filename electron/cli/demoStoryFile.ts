import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Logger } from '../engine/logger.ts'
import { lastUsedProfile } from '../engine/savedProfiles.ts'
import type { Clock } from '../upstreams/kit/clock.ts'
import { seenEveryMs, tellingOf, type AskedStory, type KeptStory, type Telling } from './demoStory.ts'

const schema = z.object({
  /** The one told last first. */
  stories: z
    .array(
      z.object({
        edition: z.int(),
        seed: z.int().min(0),
        rate: z.number().positive(),
        startedAtMs: z.int(),
        seenAtMs: z.int(),
      }),
    )
    .min(1),
})

/** Where a story is told, and what keeping it needs. */
export interface StorySite {
  dataDir: string
  clock: Clock
  logger: Logger
}

/** A story whose file is kept up to date. */
export interface OpenStory extends Telling {
  /** Notes once more that somebody was there. */
  close: () => Promise<void>
}

/** Finds the story that the demo of a data folder tells, and keeps `demo-story.json` there for the next start. Never fails. */
export async function openDemoStory(asked: AskedStory, site: StorySite): Promise<OpenStory> {
  const { dataDir, clock, logger } = site
  const file = join(dataDir, 'demo-story.json')
  const telling = tellingOf(await storiesIn(file, site), asked, clock.nowMs())
  say(telling, logger)
  let isRefused = false

  async function note(): Promise<void> {
    try {
      const story = { ...telling.story, seenAtMs: clock.nowMs() }
      await keep(file, [story, ...telling.others])
      isRefused = false
    } catch (error) {
      if (!isRefused)
        logger.warn('The next start of the demo may tell another story.', { reason: String(error) })
      isRefused = true
    }
  }

  async function noteOn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(seenEveryMs(telling.story.rate), signal)
      await note()
    }
  }

  await note()
  const ending = new AbortController()
  const noting = noteOn(ending.signal)
  return {
    ...telling,
    close: () => {
      ending.abort()
      return noting
    },
  }
}

/** Says which story it is, and what becomes of those that the folder has heard otherwise. */
function say({ story, others, waiting, since, isRepeated }: Telling, logger: Logger): void {
  const { seed, rate, startedAtMs } = story
  const facts = { seed, rate, startedAt: new Date(startedAtMs).toISOString() }
  logger.info(since.absence ? 'The demo goes on with its story.' : 'The demo begins a story.', facts)
  if (isRepeated) {
    const tip = 'Give another --seed, or an empty folder with --data.'
    logger.warn(
      `Story ${seed} was told in this folder before, with other times: answers will disagree. ${tip}`,
    )
  }
  if (others.length === 0) return
  const back =
    waiting === null
      ? ''
      : `go on with story ${waiting.seed} by --seed ${waiting.seed} --rate ${waiting.rate}, or `
  const tip = `To be without it, ${back}give an empty folder with --data.`
  logger.info(`What is open of earlier stories waits here, and the demo's systems do not know it now. ${tip}`)
}

/** The stories of a folder; none where it was never used, null where nobody can know. */
async function storiesIn(file: string, { dataDir, logger }: StorySite): Promise<KeptStory[] | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => error as NodeJS.ErrnoException)
  if (text instanceof Error && text.code === 'ENOENT') {
    // Folders of earlier versions have no such file.
    const isUsed = await lastUsedProfile(dataDir).then(
      (used) => used !== null,
      () => true,
    )
    return isUsed ? null : []
  }
  const read = typeof text === 'string' ? schema.safeParse(jsonOrNull(text)).data : undefined
  if (read !== undefined) return read.stories
  logger.warn(`${file} cannot be read, so the demo begins another story; what was heard stays.`)
  return null
}

/** Whole or not at all. */
async function keep(file: string, stories: KeptStory[]): Promise<void> {
  const draft = `${file}.draft`
  await writeFile(draft, `${JSON.stringify({ stories }, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, file)
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
