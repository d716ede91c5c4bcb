import type { Absence } from '../kit/absence.ts'
import { createBook } from '../kit/book.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { startLives, type Lives, type Turn as TurnOfLife } from '../kit/lives.ts'
import { createRandom } from '../kit/random.ts'
import type { Cast } from '../world/cast.ts'
import { approve, DEADLINE_MS, expireUnapproved, writeApprovedLife, writeLife, type Turn } from './plot.ts'
import { newSwap, type Swap } from './swap.ts'

/** Story time between two arrivals, on average: with two minutes of life each, some thirty are under way. */
const ARRIVAL_MS = 5_000

/** How long the story has been going on at the start: long enough that what is stuck is late, short enough for a quick start. */
const PAST_MS = 60 * 60_000

/** Swaps that are kept, so that a demo may run for days; the oldest goes first, whatever became of it. */
const MOST_KEPT = 3_000

/** The swaps of one seed, going on. It knows no wire. */
export interface Story extends Lives {
  find: (intentId: string) => Swap | undefined
  /** Newest first. */
  swaps: () => Swap[]
  /** Takes in an intent that somebody ordered; it expires unless it is approved. */
  create: (swap: Swap) => void
  /** Attaches the maker's approval, from which its life goes on. */
  approve: (swap: Swap) => void
}

/** What a story depends on. */
export interface StoryOptions {
  seed: number
  /** How many times faster than real time; divides all durations, while time stamps stay on the clock. */
  rate: number
  clock: SandboxClock
  /** When nobody listened to the story that is told on. */
  absence?: Absence | undefined
  cast: Cast
  /** Called after each change. */
  onChange: (swap: Swap) => void
}

/** Starts the story of a seed, with its past already told. */
export function startStory({ seed, rate, clock, absence, cast, onChange }: StoryOptions): Story {
  const chance = createRandom(`${seed}/defi-api`)
  const book = createBook<Swap>({ most: MOST_KEPT, idOf: ({ intentId }) => intentId, isOver: () => true })
  const told = ({ afterMs, deed }: Turn, place: number): TurnOfLife<Swap> => ({
    afterMs,
    deed: (swap, atMs) => {
      deed(swap, { atMs, random: chance.branch(`${swap.intentId} ${place}`) })
    },
  })
  const lives = startLives<Swap>({
    clock,
    random: chance,
    rate,
    absence,
    arrivalMs: ARRIVAL_MS,
    pastMs: PAST_MS,
    begin: (serial, wallMs) => {
      const random = chance.branch(`swap ${serial}`)
      const subject = newSwap(random, cast, { atMs: wallMs(0), deadlineAtMs: wallMs(DEADLINE_MS) })
      book.add(subject)
      return { subject, turns: writeLife(random).map(told) }
    },
    onTurn: onChange,
  })
  const live = (swap: Swap, turns: readonly Turn[]): void => {
    lives.enter(() => ({ subject: swap, turns: turns.map(told) }))
  }
  return {
    crowd: lives.crowd,
    close: lives.close,
    find: book.find,
    swaps: () => book.all().reverse(),
    create: (swap) => {
      book.add(swap)
      live(swap, [{ afterMs: (swap.deadlineAtMs - swap.createdAtMs) * rate, deed: expireUnapproved }])
    },
    approve: (swap) => {
      if (swap.status !== 'Created') return
      approve(swap, { atMs: clock.nowMs(), random: chance })
      live(swap, writeApprovedLife(chance.branch(`${swap.intentId} approved`)))
    },
  }
}
