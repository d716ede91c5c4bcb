import type { SandboxClock } from './clock.ts'
import type { Random } from './random.ts'
import { createStoryline } from './storyline.ts'

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
  /** Begins a life, counted from 0. `wallMs` turns a story time since its beginning into an instant on the clock. */
  begin: (serial: number, wallMs: (afterMs: number) => number) => Life<T, U>
  /** Called after a beginning (null) and after each turn. */
  onTurn: (subject: T, turn: U | null) => void
}

/** Lives that begin by chance and go on by themselves; the same seed tells the same ones. */
export interface Lives {
  /** So many more begin now. */
  crowd: (count: number) => void
  close: () => void
}

/** … and that others may enter. */
export interface OpenLives<T, U extends Turn<T>> extends Lives {
  /** One more begins now, written by somebody else; answers whose it is. */
  enter: (begin: LivesOptions<T, U>['begin']) => T
}

interface Course<T, U extends Turn<T>> extends Life<T, U> {
  bornMs: number
  next: number
}

/** Starts a story of lives, with its past already told. */
export function startLives<T, U extends Turn<T> = Turn<T>>(options: LivesOptions<T, U>): OpenLives<T, U> {
  const { random, arrivalMs, pastMs, begin, onTurn } = options
  const arrivals = random.branch('arrivals')
  let serial = 0

  const line = createStoryline<Course<T, U> | 'arrival'>(options, (item, atMs) => {
    if (item === 'arrival') {
      line.add(atMs + arrivals.waiting(arrivalMs), 'arrival')
      arrive(atMs)
    } else advance(item, atMs)
  })

  function arrive(bornMs: number, write = begin): T {
    const life = write(serial++, (afterMs) => line.wallMs(bornMs + afterMs))
    plan({ ...life, bornMs, next: 0 })
    onTurn(life.subject, null)
    return life.subject
  }

  function plan(course: Course<T, U>): void {
    const turn = course.turns[course.next]
    if (turn) line.add(course.bornMs + turn.afterMs, course)
  }

  function advance(course: Course<T, U>, atMs: number): void {
    const turn = course.turns[course.next]
    if (!turn) return
    turn.deed(course.subject, line.wallMs(atMs))
    plan({ ...course, next: course.next + 1 })
    onTurn(course.subject, turn)
  }

  line.add(-pastMs, 'arrival')
  line.begin()

  return {
    crowd: (count) => {
      for (let done = 0; done < count; done += 1) arrive(line.nowMs())
      line.wake()
    },
    enter: (write) => {
      const subject = arrive(line.nowMs(), write)
      line.wake()
      return subject
    },
    close: line.close,
  }
}
