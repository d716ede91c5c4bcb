import { createAgenda } from '../kit/agenda.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { createRandom, type Random } from '../kit/random.ts'
import type { Cast } from '../world/cast.ts'
import { DEADLINE_MS, writeLife, type Turn } from './plot.ts'
import { newSwap, type Swap } from './swap.ts'

/** Story time between two arrivals, on average: with two minutes of life each, some thirty are under way. */
const ARRIVAL_MS = 5_000

/** How long the story has been going on at the start: long enough that what is stuck is late, short enough for a quick start. */
const PAST_MS = 60 * 60_000

/** Swaps that are kept; the oldest are let go first, so that a demo may run for days. */
const MOST_KEPT = 3_000

/** The swaps of one seed, going on. It knows no wire. */
export interface Story {
  find: (intentId: string) => Swap | undefined
  /** Newest first. */
  swaps: () => Swap[]
  /** So many more arrive at once. */
  crowd: (count: number) => void
  close: () => void
}

/** What a story depends on. */
export interface StoryOptions {
  seed: number
  /** How many times faster than real time; divides all durations, while time stamps stay on the clock. */
  rate: number
  clock: SandboxClock
  cast: Cast
  /** Called after each change. */
  onChange: (swap: Swap) => void
}

interface Course {
  swap: Swap
  bornMs: number
  turns: readonly Turn[]
  next: number
}

/** The newest swaps, found by their id. */
interface Shelf {
  add: (swap: Swap) => void
  find: (intentId: string) => Swap | undefined
  newestFirst: () => Swap[]
}

function createShelf(): Shelf {
  const byId = new Map<string, Swap>()
  return {
    add: (swap) => {
      byId.set(swap.intentId, swap)
      const [oldest] = byId.keys()
      if (byId.size > MOST_KEPT && oldest !== undefined) byId.delete(oldest)
    },
    find: (intentId) => byId.get(intentId.toLowerCase()),
    newestFirst: () => [...byId.values()].reverse(),
  }
}

/** Starts the story of a seed, with its past already told. */
export function startStory(options: StoryOptions): Story {
  const { seed, rate, clock, cast, onChange } = options
  const startedAtMs = clock.nowMs()
  const chance = createRandom(`${seed}/defi-api`)
  const arrivals = chance.branch('arrivals')
  const agenda = createAgenda<Course | 'arrival'>()
  const shelf = createShelf()
  let serial = 0
  let callOff = (): void => undefined

  const storyMs = (): number => (clock.nowMs() - startedAtMs) * rate
  const wallMs = (atStoryMs: number): number => Math.round(startedAtMs + atStoryMs / rate)

  function arrive(bornMs: number): void {
    const random: Random = chance.branch(`swap ${serial++}`)
    const swap = newSwap(random, cast, { atMs: wallMs(bornMs), deadlineAtMs: wallMs(bornMs + DEADLINE_MS) })
    shelf.add(swap)
    plan({ swap, bornMs, turns: writeLife(random), next: 0 })
    onChange(swap)
  }

  function advance(course: Course, atStoryMs: number): void {
    const { swap, turns, next } = course
    turns[next]?.deed(swap, { atMs: wallMs(atStoryMs), random: chance.branch(`${swap.intentId} ${next}`) })
    plan({ ...course, next: next + 1 })
    onChange(swap)
  }

  function plan(course: Course): void {
    const turn = course.turns[course.next]
    if (turn) agenda.add(course.bornMs + turn.afterMs, course)
  }

  function playUntil(untilMs: number): void {
    for (let due = agenda.takeDue(untilMs); due; due = agenda.takeDue(untilMs)) {
      const { atMs, item } = due
      if (item === 'arrival') {
        agenda.add(atMs + arrivals.waiting(ARRIVAL_MS), 'arrival')
        arrive(atMs)
      } else advance(item, atMs)
    }
  }

  function sleep(): void {
    const delayMs = (agenda.nextAtMs() - storyMs()) / rate
    callOff = clock.after(Math.max(0, Math.ceil(delayMs)), () => {
      playUntil(storyMs())
      sleep()
    })
  }

  agenda.add(-PAST_MS, 'arrival')
  playUntil(0)
  sleep()

  return {
    find: shelf.find,
    swaps: shelf.newestFirst,
    crowd: (count) => {
      for (let done = 0; done < count; done += 1) arrive(storyMs())
      callOff()
      sleep()
    },
    close: () => {
      callOff()
    },
  }
}
