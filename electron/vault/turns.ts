/** Runs one task after the other and gives each a limited time; rejects when it is over. */
export type Turns = <T>(task: () => Promise<T>) => Promise<T>

/**
 * Makes a queue of one. A task that outlives its time is given up by its caller but still holds its turn: the native
 * call under it cannot be called off, and a second one beside it could crash.
 */
export function createTurns(limitMs: number): Turns {
  let last: Promise<unknown> = Promise.resolve()

  return (task) => {
    const done = last.then(task)
    last = done.then(
      () => undefined,
      () => undefined,
    )
    return withLimit(done, limitMs)
  }
}

function withLimit<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`no answer within ${String(limitMs / 1_000)} seconds`))
    }, limitMs)
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer)
    })
  })
}
