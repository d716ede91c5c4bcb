import { arrivals, type Arrival, type ArrivalsOptions } from './arrivals.ts'
import type { SandboxClock } from './clock.ts'
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
export interface LivesOptions<T, U extends Turn<T> = Turn<T>> extends ArrivalsOptions {
  clock: SandboxClock
  /**
   * Begins a life: the story's are counted from 0, guests have numbers below it. `wallMs` turns a story time since its beginning
   * into an instant on the clock.
   */
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

/** More than any flood makes begin in a millisecond of story. */
const MOST_GUESTS_A_MS = 1_000

interface Course<T, U extends Turn<T>> extends Life<T, U> {
  bornMs: number
  next: number
}

/** Starts a story of lives, with its past already told. */
export function startLives<T, U extends Turn<T> = Turn<T>>(options: LivesOptions<T, U>): OpenLives<T, U> {
  const { begin, onTurn } = options
  let lastGuest = 0

  const line = createStoryline<Course<T, U> | Arrival>(options, (item, atMs) => {
    if ('serial' in item) {
      expect()
      arrive(item, begin)
    } else advance(item, atMs)
  })
  const natives = arrivals(options, line.wallMs)

  function expect(): void {
    const { value } = natives.next()
    line.add(value.bornMs, value)
  }

  /** Numbered by the story's time: a guest changes no number of the story, and no later telling gives his to another. */
  function guest(): Arrival {
    const bornMs = line.nowMs()
    lastGuest = Math.min(lastGuest, -Math.round(bornMs * MOST_GUESTS_A_MS)) - 1
    return { serial: lastGuest, bornMs }
  }

  function arrive({ serial, bornMs }: Arrival, write: typeof begin): T {
    const life = write(serial, (afterMs) => line.wallMs(bornMs + afterMs))
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

  expect()
  line.begin()

  return {
    crowd: (count) => {
      for (let done = 0; done < count; done += 1) arrive(guest(), begin)
      line.wake()
    },
    enter: (write) => {
      const subject = arrive(guest(), write)
      line.wake()
      return subject
    },
    close: line.close,
  }
}
