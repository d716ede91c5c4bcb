/** Runs one task after the other; a failed one does not stop the next. */
export type Turns = <T>(task: () => Promise<T>) => Promise<T>

/** Makes a queue of one. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()

  return (task) => {
    const done = last.then(task)
    last = done.then(
      () => undefined,
      () => undefined,
    )
    return done
  }
}
