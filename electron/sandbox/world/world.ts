import type { Absence } from '../kit/absence.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { startLives, type Life as LifeOf } from '../kit/lives.ts'
import { createRandom, type Random } from '../kit/random.ts'
import { createCast, type Cast } from './cast.ts'
import { createChanges, type Changes } from './changes.ts'
import { DEADLINE_MS, MINUTE, SECOND } from './durations.ts'
import type { Stage, Wish, WorldIntent } from './intent.ts'
import { writeLife } from './life.ts'
import { newborn } from './newborn.ts'
import { createRegister } from './register.ts'
import { drawWish } from './wish.ts'

type Life = LifeOf<WorldIntent>

/** Story time between two arrivals, on average: with some eight events each, 4 to 8 events a second. */
const ARRIVAL_MS = 2 * SECOND

/** How long the story has been going on at the start: twice the longest timelock, so that there are refunds. */
const PAST_MS = 90 * MINUTE

/** One seeded story, going on. It knows no wire. */
export interface World extends Pick<Changes, 'act' | 'touch' | 'onChange'> {
  readonly cast: Cast
  /** By its id now or any earlier one. */
  find: (id: string) => WorldIntent | undefined
  /** All that are kept, in the order of submission. */
  intents: () => Iterable<WorldIntent>
  /** How many are in each stage. */
  tally: () => Record<Stage, number>
  /** Takes in an intent from outside; its life is written like any other. `deadlineAtMs` is epoch milliseconds. */
  submit: (wish: Omit<Wish, 'serial'>, deadlineAtMs: number) => WorldIntent
  /** Stops the story. */
  close: () => void
}

/** What a story depends on. */
export interface WorldOptions {
  seed: number
  /** How many times faster than real time; divides all durations, while time stamps stay on the clock. */
  rate: number
  clock: SandboxClock
  /** When nobody listened to the story that is told on. */
  absence?: Absence | undefined
}

/** Starts the story of a seed, with its past already told. */
export function startWorld({ seed, rate, clock, absence }: WorldOptions): World {
  const random = createRandom(seed)
  const cast = createCast(random.branch('cast'))
  const register = createRegister()
  const changes = createChanges({ register, clock, rate })

  const born = (wish: Wish, chance: Random, times: { atMs: number; deadlineAtMs: number }): Life => {
    const life = writeLife(wish, cast, chance)
    const subject = newborn(wish, life, times)
    register.add(subject)
    return { subject, turns: life.steps.map(changes.turnOf) }
  }

  const lives = startLives<WorldIntent>({
    clock,
    random,
    rate,
    absence,
    arrivalMs: ARRIVAL_MS,
    pastMs: PAST_MS,
    begin: (serial, wallMs) => {
      const chance = random.branch(`intent ${serial}`)
      const wish = drawWish(chance, cast, serial)
      return born(wish, chance, { atMs: wallMs(0), deadlineAtMs: wallMs(DEADLINE_MS) })
    },
    onTurn: (intent, turn) => {
      if (turn === null) changes.born(intent)
    },
  })

  return {
    cast,
    find: register.find,
    intents: register.all,
    tally: register.tally,
    touch: changes.touch,
    act: changes.act,
    submit: (wish, deadlineAtMs) => {
      const chance = random.branch(`submitted ${wish.clientId}`)
      return lives.enter((serial, wallMs) =>
        born({ ...wish, serial }, chance, { atMs: wallMs(0), deadlineAtMs }),
      )
    },
    onChange: changes.onChange,
    close: () => {
      lives.close()
      changes.close()
    },
  }
}
