import type { Absence } from '../kit/absence.ts'
import type { Book } from '../kit/book.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { startLives, type OpenLives } from '../kit/lives.ts'
import type { Random } from '../kit/random.ts'
import type { Cast } from '../world/cast.ts'
import { writeLife, type OrderEvent, type OrderTurn } from './life.ts'
import { newOrder, type SandboxOrder } from './order.ts'

/** Story time between two orders, on average: with some four minutes of life each, a hundred are on offer. */
const ARRIVAL_MS = 2_000

/** How long the story has been going on at the start: longer than most auctions last. */
const PAST_MS = 15 * 60_000

/** What the story depends on. */
export interface StoryOptions {
  clock: SandboxClock
  random: Random
  /** How many times faster than real time. */
  rate: number
  /** When nobody listened to the story that is told on. */
  absence?: Absence | undefined
  cast: Cast
  book: Book<SandboxOrder>
  tell: (event: OrderEvent, order: SandboxOrder) => void
}

/** Starts the story of the orders of one chain, with its past already told. */
export function startStory({
  clock,
  random,
  rate,
  absence,
  cast,
  book,
  tell,
}: StoryOptions): OpenLives<SandboxOrder, OrderTurn> {
  return startLives<SandboxOrder, OrderTurn>({
    clock,
    random,
    rate,
    absence,
    arrivalMs: ARRIVAL_MS,
    pastMs: PAST_MS,
    begin: (serial, wallMs) => {
      const chance = random.branch(`life ${serial}`)
      const subject = newOrder(chance, cast, wallMs)
      book.add(subject)
      return { subject, turns: writeLife(subject, chance) }
    },
    onTurn: (order, turn) => {
      for (const event of turn?.tells ?? (['order_created'] as const)) tell(event, order)
    },
  })
}
