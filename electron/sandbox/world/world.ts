import type { SandboxClock } from '../kit/clock.ts'
import { startLives, type Turn } from '../kit/lives.ts'
import { createRandom } from '../kit/random.ts'
import { createCast, type Cast } from './cast.ts'
import { DEADLINE_MS, MINUTE, SECOND } from './durations.ts'
import type { Stage, WorldIntent } from './intent.ts'
import { writeLife } from './life.ts'
import { newborn } from './newborn.ts'
import { perform } from './perform.ts'
import { createRegister } from './register.ts'
import type { Deed, Step } from './step.ts'
import { drawWish } from './wish.ts'

/** Story time between two arrivals, on average: with some eight events each, 4 to 8 events a second. */
const ARRIVAL_MS = 2 * SECOND

/** How long the story has been going on at the start: twice the longest timelock, so that there are refunds. */
const PAST_MS = 90 * MINUTE

/** Something happened to one intent. */
export interface WorldChange {
  /** As it stands after the change. Read it at once: it goes on changing. */
  intent: WorldIntent
  /** What was done at this instant; empty when the intent was submitted. */
  deeds: readonly Deed[]
  before: { stage: Stage; proof: WorldIntent['proof'] } | null
  /** When it happened in the story, epoch milliseconds. */
  atMs: number
}

/** One seeded story, going on. It knows no wire. */
export interface World {
  readonly cast: Cast
  /** By its id now or any earlier one. */
  find: (id: string) => WorldIntent | undefined
  /** All that are kept, in the order of submission. */
  intents: () => Iterable<WorldIntent>
  /** How many are in each stage. */
  tally: () => Record<Stage, number>
  /** Puts one more block on top of what an intent waits for, with a later time, and tells it as a change. */
  touch: (intent: WorldIntent) => void
  /** Calls back after each change; answers the way to stop it. */
  onChange: (listener: (change: WorldChange) => void) => () => void
  /** Stops the story. */
  close: () => void
}

/** What a story depends on. */
export interface WorldOptions {
  seed: number
  /** How many times faster than real time; divides all durations, while time stamps stay on the clock. */
  rate: number
  clock: SandboxClock
}

/** Starts the story of a seed, with its past already told. */
export function startWorld({ seed, rate, clock }: WorldOptions): World {
  const random = createRandom(seed)
  const cast = createCast(random.branch('cast'))
  const register = createRegister()
  const listeners = new Set<(change: WorldChange) => void>()
  const tell = (change: WorldChange): void => {
    for (const listener of listeners) listener(change)
  }

  const turnOf = ({ afterMs, deeds }: Step): Turn<WorldIntent> => ({
    afterMs,
    deed: (intent, atMs) => {
      const before = { stage: intent.stage, proof: intent.proof }
      for (const deed of deeds) {
        perform(intent, deed, { atMs, rate })
        if (deed.kind === 'renamed') register.rename(intent)
      }
      tell({ intent, deeds, before, atMs })
    },
  })

  const lives = startLives<WorldIntent>({
    clock,
    random,
    rate,
    arrivalMs: ARRIVAL_MS,
    pastMs: PAST_MS,
    begin: (serial, wallMs) => {
      const chance = random.branch(`intent ${serial}`)
      const wish = drawWish(chance, cast, serial)
      const life = writeLife(wish, cast, chance)
      const subject = newborn(wish, life, { atMs: wallMs(0), deadlineAtMs: wallMs(DEADLINE_MS) })
      register.add(subject)
      return { subject, turns: life.steps.map(turnOf) }
    },
    onTurn: (intent, turn) => {
      if (turn === null) tell({ intent, deeds: [], before: null, atMs: intent.createdAtMs })
    },
  })

  return {
    cast,
    find: register.find,
    intents: register.all,
    tally: register.tally,
    touch: (intent) => {
      const atMs = Math.max(clock.nowMs(), intent.updatedAtMs + 1)
      intent.confirmations += 1
      intent.updatedAtMs = atMs
      tell({ intent, deeds: [], before: { stage: intent.stage, proof: intent.proof }, atMs })
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      lives.close()
      listeners.clear()
    },
  }
}
