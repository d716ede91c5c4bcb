/** A pause this long, milliseconds, means that nobody is just about to call again. */
const QUIET_MS = 30

/** Under unbroken load what can wait still gets a turn this often, milliseconds, so that it does not wait for ever. */
const LONGEST_WAIT_MS = 500

/** Between two slices callers get their turn, milliseconds. */
const BREATH_MS = 1

/** Runs what can wait in slices, in the pauses between calls. */
export class Idler {
  readonly #slice
  readonly #failed
  #timer: NodeJS.Timeout | null = null
  #dueMs = 0

  /** `slice` answers whether more is left to do. When it fails, the next call gives it another chance. */
  constructor(slice: () => boolean, failed: (error: unknown) => void) {
    this.#slice = slice
    this.#failed = failed
    this.later()
  }

  /** Somebody has called: wait for the next pause. */
  later(): void {
    const nowMs = performance.now()
    if (this.#timer === null) this.#dueMs = nowMs + LONGEST_WAIT_MS
    else clearTimeout(this.#timer)
    this.#arm(Math.min(QUIET_MS, Math.max(0, this.#dueMs - nowMs)))
  }

  /** Runs nothing any more. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #hasMore(): boolean {
    try {
      return this.#slice()
    } catch (error) {
      this.#failed(error)
      return false
    }
  }

  #arm(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = null
      if (!this.#hasMore()) return
      this.#dueMs = performance.now() + LONGEST_WAIT_MS
      this.#arm(BREATH_MS)
    }, delayMs)
  }
}
