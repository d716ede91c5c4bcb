import { createAgenda } from './agenda.ts'
import type { SandboxClock } from './clock.ts'

/** Things to come, played on a clock. Story time is in milliseconds since the start; the past is negative. */
export interface Storyline<T> {
  /** Story time now. */
  nowMs: () => number
  /** The instant on the clock at a story time, epoch milliseconds. */
  wallMs: (atMs: number) => number
  /** Adds what happens at a story time; from outside of a turn, `wake` afterwards. */
  add: (atMs: number, item: T) => void
  /** Tells the past at once, and from now on each thing in its time. */
  begin: () => void
  /** Looks again at what comes next. */
  wake: () => void
  close: () => void
}

/** A storyline that has not begun; the rate divides all durations, while time stamps stay on the clock. */
export function createStoryline<T>(
  { clock, rate }: { clock: SandboxClock; rate: number },
  tell: (item: T, atMs: number) => void,
): Storyline<T> {
  const startedAtMs = clock.nowMs()
  const agenda = createAgenda<T>()
  let callOff = (): void => undefined

  const nowMs = (): number => (clock.nowMs() - startedAtMs) * rate

  function playUntil(untilMs: number): void {
    for (let due = agenda.takeDue(untilMs); due; due = agenda.takeDue(untilMs)) tell(due.item, due.atMs)
  }

  function wake(): void {
    callOff()
    const delayMs = (agenda.nextAtMs() - nowMs()) / rate
    if (delayMs === Infinity) return
    callOff = clock.after(Math.max(0, Math.ceil(delayMs)), () => {
      playUntil(nowMs())
      wake()
    })
  }

  return {
    nowMs,
    wallMs: (atMs) => Math.round(startedAtMs + atMs / rate),
    add: agenda.add,
    begin: () => {
      playUntil(0)
      wake()
    },
    wake,
    close: () => {
      callOff()
    },
  }
}
