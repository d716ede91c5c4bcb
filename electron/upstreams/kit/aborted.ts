/** Whether a signal has fired: for asking anew after an await, which narrowing believes cannot change it. */
export function isAborted(signal: AbortSignal): boolean {
  return signal.aborted
}

/** Resolves when a signal fires. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    const fired = (): void => {
      resolve()
    }
    signal.addEventListener('abort', fired, { once: true })
  })
}
