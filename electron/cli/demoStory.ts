import { EDITION } from '../sandbox/edition.ts'
import type { SandboxOptions } from '../sandbox/index.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Seed of a demo that was not given one: the same story for everybody who talks about it. */
const FIRST_SEED = 1

/** How long a story may go on, milliseconds of its own time: to count who came meanwhile takes half a second at the start. */
const LONGEST_STORY_MS = 90 * 24 * HOUR_MS

/** What was asked for on the command line; null where nothing was. */
export interface AskedStory {
  seed: number | null
  /** How many times faster than real time. */
  rate: number | null
}

/** A story that was told in a data folder. Instants are epoch milliseconds. */
export interface KeptStory {
  /** `EDITION` of the sandbox that began it. */
  edition: number
  seed: number
  rate: number
  startedAtMs: number
  /** When somebody was last there. */
  seenAtMs: number
}

/** How often a running demo notes that it is still there, milliseconds: the next start tells so much more after a crash. */
export function seenEveryMs(rate: number): number {
  return Math.min(MINUTE_MS, HOUR_MS / rate)
}

/** The story to be told now. */
export interface Telling {
  story: KeptStory
  /** All others of the folder, the one told last first. */
  others: KeptStory[]
  /** The first of them that could go on, were it asked for. */
  waiting: KeptStory | null
  /** What the sandbox needs of it beside seed and rate. */
  since: Pick<SandboxOptions, 'startedAtMs' | 'absence'>
  /** Whether ids that the folder knows come again with other times, since they are drawn from the seed. */
  isRepeated: boolean
}

/**
 * The story told last among those that go with what was asked for, else a new one. `kept` are the stories of the folder, the one
 * told last first; null where nobody knows which there were.
 */
export function tellingOf(kept: readonly KeptStory[] | null, asked: AskedStory, nowMs: number): Telling {
  const known = kept?.find((story) => canGoOn(story, asked, nowMs))
  const seed = known?.seed ?? asked.seed ?? freshSeed(kept, nowMs)
  const others = (kept ?? []).filter((story) => story.seed !== seed)
  const waiting = others.find((story) => canGoOn(story, story, nowMs)) ?? null
  if (known === undefined) {
    const story = { edition: EDITION, seed, rate: asked.rate ?? 1, startedAtMs: nowMs, seenAtMs: nowMs }
    const isRepeated = kept?.some((one) => one.seed === seed) ?? false
    return { story, others, waiting, since: { startedAtMs: nowMs }, isRepeated }
  }
  // Whoever came between the last note and a crash was heard too.
  const fromMs = Math.min(known.seenAtMs + seenEveryMs(known.rate), nowMs)
  const since = { startedAtMs: known.startedAtMs, absence: { fromMs, untilMs: nowMs } }
  return { story: { ...known, seenAtMs: nowMs }, others, waiting, since, isRepeated: false }
}

function canGoOn({ edition, seed, rate, startedAtMs }: KeptStory, asked: AskedStory, nowMs: number): boolean {
  const isAsked = (asked.seed ?? seed) === seed && (asked.rate ?? rate) === rate
  return (
    isAsked && edition === EDITION && startedAtMs <= nowMs && (nowMs - startedAtMs) * rate <= LONGEST_STORY_MS
  )
}

/** One that was not told here; where nobody knows which were, the second of its beginning, which nobody has chosen. */
function freshSeed(kept: readonly KeptStory[] | null, nowMs: number): number {
  if (kept === null) return Math.floor(nowMs / 1_000)
  return kept.length === 0 ? FIRST_SEED : Math.max(...kept.map(({ seed }) => seed)) + 1
}
