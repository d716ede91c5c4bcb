/** Time and timers, so that tests can set them. */
export interface Clock {
  /** Epoch milliseconds. */
  nowMs: () => number
  /** Calls back once after a delay, however long; answers the way to call it off. */
  after: (delayMs: number, callback: () => void) => () => void
  /** Resolves after a delay, or at once when the signal fires. */
  sleep: (delayMs: number, signal: AbortSignal) => Promise<void>
}

/** Longest delay that Node's own timer can hold; a longer one fires after 1 ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Measured on the clock that nobody sets: a delay is a length of time, whatever the time of day does meanwhile. */
function after(delayMs: number, callback: () => void): () => void {
  const dueMs = performance.now() + delayMs
  let timer: NodeJS.Timeout
  const arm = (): void => {
    const leftMs = Math.max(0, dueMs - performance.now())
    timer = setTimeout(leftMs > LONGEST_TIMER_MS ? arm : callback, Math.min(leftMs, LONGEST_TIMER_MS))
  }
  arm()
  return () => {
    clearTimeout(timer)
  }
}

function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const wake = (): void => {
      cancel()
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const cancel = after(delayMs, wake)
    signal.addEventListener('abort', wake, { once: true })
  })
}

/** The machine's clock. */
export const systemClock: Clock = { nowMs: () => Date.now(), after, sleep }
