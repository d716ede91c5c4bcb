import { createAgenda } from './agenda.ts'
import type { SandboxClock } from './clock.ts'
import type { Random } from './random.ts'

/** One thing that happens in a life, at a story time since its beginning, milliseconds. */
export interface Turn<T> {
  afterMs: number
  /** `atMs` is the instant on the clock, epoch milliseconds. */
  deed: (subject: T, atMs: number) => void
}

/** A life, written when it begins. */
export interface Life<T, U extends Turn<T> = Turn<T>> {
  subject: T
  turns: readonly U[]
}

/** How lives begin. */
export interface LivesOptions<T, U extends Turn<T> = Turn<T>> {
  clock: SandboxClock
  random: Random
  /** How many times faster than real time; divides all durations, while time stamps stay on the clock. */
  rate: number
  /** Story time between two beginnings, on average, milliseconds. */
  arrivalMs: number
  /** How long the story has been going on at the start, milliseconds. */
  pastMs: number
  /** Begins one life. `wallMs` turns a story time since its beginning into an instant on the clock. */
  begin: (random: Random, wallMs: (afterMs: number) => number) => Life<T, U>
  /** Called after a beginning (null) and after each turn. */
  onTurn: (subject: T, turn: U | null) => void
}

/** Lives that begin by chance and go on by themselves; the same seed tells the same ones. */
export interface Lives {
  /** So many more begin now. */
  crowd: (count: number) => void
  close: () => void
}

interface Course<T, U extends Turn<T>> extends Life<T, U> {
  bornMs: number
  next: number
}

/** Starts a story of lives, with its past already told. */
export function startLives<T, U extends Turn<T> = Turn<T>>(options: LivesOptions<T, U>): Lives {
  const { clock, random, rate, arrivalMs, pastMs, begin, onTurn } = options
  const startedAtMs = clock.nowMs()
  const arrivals = random.branch('arrivals')
  const agenda = createAgenda<Course<T, U> | 'arrival'>()
  let serial = 0
  let callOff = (): void => undefined

  const storyMs = (): number => (clock.nowMs() - startedAtMs) * rate
  const wallMs = (atStoryMs: number): number => Math.round(startedAtMs + atStoryMs / rate)

  function arrive(bornMs: number): void {
    const life = begin(random.branch(`life ${serial++}`), (afterMs) => wallMs(bornMs + afterMs))
    plan({ ...life, bornMs, next: 0 })
    onTurn(life.subject, null)
  }

  function plan(course: Course<T, U>): void {
    const turn = course.turns[course.next]
    if (turn) agenda.add(course.bornMs + turn.afterMs, course)
  }

  function advance(course: Course<T, U>, atStoryMs: number): void {
    const turn = course.turns[course.next]
    if (!turn) return
    turn.deed(course.subject, wallMs(atStoryMs))
    plan({ ...course, next: course.next + 1 })
    onTurn(course.subject, turn)
  }

  function playUntil(untilMs: number): void {
    for (let due = agenda.takeDue(untilMs); due; due = agenda.takeDue(untilMs)) {
      const { atMs, item } = due
      if (item === 'arrival') {
        agenda.add(atMs + arrivals.waiting(arrivalMs), 'arrival')
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

  agenda.add(-pastMs, 'arrival')
  playUntil(0)
  sleep()

  return {
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
