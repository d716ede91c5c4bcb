/** How long stopping may take, milliseconds (interfaces.md section 1). */
const LONGEST_STOP_MS = 5_000

/**
 * Ctrl-C reaches the launcher and this process, and the launcher passes it on: signals closer together than this,
 * milliseconds, are one. A person who presses again takes longer.
 */
const SAME_SIGNAL_MS = 500

/** What a command that runs until it is told to stop needs. */
export interface StopSignal {
  /** Fires once, when the process is told to stop or its launcher is gone. */
  signal: AbortSignal
  /** Stops from within. */
  stop: () => void
}

/**
 * Listens for SIGINT, SIGTERM, SIGHUP and the end of the launcher. A second signal, or a stop that takes too long, ends
 * the process at once with exit code 1.
 */
export function listenForStop(say: (sentence: string) => void): StopSignal {
  const controller = new AbortController()
  let askedAtMs: number | null = null

  const stop = (): void => {
    if (askedAtMs !== null) return
    askedAtMs = performance.now()
    setTimeout(() => {
      say('Stopping took longer than 5 seconds, so the console ends here; nothing that was shown is lost.')
      process.exit(1)
    }, LONGEST_STOP_MS).unref()
    controller.abort()
  }
  const ask = (): void => {
    if (askedAtMs !== null && performance.now() - askedAtMs > SAME_SIGNAL_MS) process.exit(1)
    stop()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ask)
  if (process.channel !== undefined) {
    process.on('disconnect', stop)
    // Listening must not keep a process alive that is done.
    process.channel.unref()
  }
  return { signal: controller.signal, stop }
}

/** Resolves when the signal has fired. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve()
        },
        { once: true },
      )
  })
}
