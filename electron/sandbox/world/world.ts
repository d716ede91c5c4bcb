import { createAgenda } from '../kit/agenda.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { createRandom, type Random } from '../kit/random.ts'
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

/** One life on the agenda: the step that is next. */
interface Course {
  intent: WorldIntent
  /** Story time of its submission, milliseconds. */
  bornMs: number
  steps: readonly Step[]
  next: number
}

/** Starts the story of a seed, with its past already told. */
export function startWorld(options: WorldOptions): World {
  const story = new Story(options)
  story.begin()
  return story
}

class Story implements World {
  readonly cast: Cast
  readonly #options: WorldOptions
  readonly #startedAtMs: number
  readonly #agenda = createAgenda<Course | 'arrival'>()
  readonly #register = createRegister()
  readonly #listeners = new Set<(change: WorldChange) => void>()
  readonly #chance: Random
  readonly #arrivals: Random
  #serial = 0
  #callOff: () => void = () => undefined

  constructor(options: WorldOptions) {
    this.#options = options
    this.#startedAtMs = options.clock.nowMs()
    this.#chance = createRandom(options.seed)
    this.#arrivals = this.#chance.branch('arrivals')
    this.cast = createCast(this.#chance.branch('cast'))
  }

  begin(): void {
    this.#agenda.add(-PAST_MS, 'arrival')
    this.#playUntil(0)
    this.#sleep()
  }

  find(id: string): WorldIntent | undefined {
    return this.#register.find(id)
  }

  intents(): Iterable<WorldIntent> {
    return this.#register.all()
  }

  tally(): Record<Stage, number> {
    return this.#register.tally()
  }

  touch(intent: WorldIntent): void {
    const atMs = Math.max(this.#options.clock.nowMs(), intent.updatedAtMs + 1)
    intent.confirmations += 1
    intent.updatedAtMs = atMs
    this.#tell({ intent, deeds: [], before: { stage: intent.stage, proof: intent.proof }, atMs })
  }

  onChange(listener: (change: WorldChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#callOff()
    this.#listeners.clear()
  }

  /** Story time, milliseconds since the start; the past is negative. */
  #storyMs(): number {
    return (this.#options.clock.nowMs() - this.#startedAtMs) * this.#options.rate
  }

  #wallMs(storyMs: number): number {
    return Math.round(this.#startedAtMs + storyMs / this.#options.rate)
  }

  #sleep(): void {
    const { clock, rate } = this.#options
    const delayMs = (this.#agenda.nextAtMs() - this.#storyMs()) / rate
    this.#callOff = clock.after(Math.max(0, Math.ceil(delayMs)), () => {
      this.#playUntil(this.#storyMs())
      this.#sleep()
    })
  }

  #playUntil(storyMs: number): void {
    for (let due = this.#agenda.takeDue(storyMs); due; due = this.#agenda.takeDue(storyMs)) {
      const { atMs, item } = due
      if (item === 'arrival') this.#arrive(atMs)
      else this.#advance(item, atMs)
    }
  }

  #arrive(bornMs: number): void {
    this.#agenda.add(bornMs + this.#arrivals.waiting(ARRIVAL_MS), 'arrival')
    const serial = this.#serial++
    const chance = this.#chance.branch(`intent ${serial}`)
    const wish = drawWish(chance, this.cast, serial)
    const life = writeLife(wish, this.cast, chance)
    const atMs = this.#wallMs(bornMs)
    const intent = newborn(wish, life, { atMs, deadlineAtMs: this.#wallMs(bornMs + DEADLINE_MS) })
    this.#register.add(intent)
    this.#plan({ intent, bornMs, steps: life.steps, next: 0 })
    this.#tell({ intent, deeds: [], before: null, atMs })
  }

  #advance(course: Course, storyMs: number): void {
    const { intent, steps, next } = course
    const deeds = steps[next]?.deeds ?? []
    const before = { stage: intent.stage, proof: intent.proof }
    const atMs = this.#wallMs(storyMs)
    for (const deed of deeds) {
      perform(intent, deed, { atMs, rate: this.#options.rate })
      if (deed.kind === 'renamed') this.#register.rename(intent)
    }
    this.#plan({ ...course, next: next + 1 })
    this.#tell({ intent, deeds, before, atMs })
  }

  #plan(course: Course): void {
    const step = course.steps[course.next]
    if (step) this.#agenda.add(course.bornMs + step.afterMs, course)
  }

  #tell(change: WorldChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}
