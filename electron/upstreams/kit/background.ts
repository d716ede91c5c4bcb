/** Work that nobody waits for at once. */
export interface Background {
  /** Runs on; a failure is told under its name. */
  run: (name: string, work: Promise<unknown>) => void
  /** Resolves when nothing runs any more. */
  settled: () => Promise<void>
}

/** Keeps track of work in the background, so that no failure is lost and the end can be waited for. */
export function trackBackground(onFailure: (name: string, error: unknown) => void): Background {
  const running = new Set<Promise<void>>()
  return {
    run: (name, work) => {
      const tracked = work
        .then(
          () => undefined,
          (error: unknown) => {
            onFailure(name, error)
          },
        )
        .finally(() => running.delete(tracked))
      running.add(tracked)
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
