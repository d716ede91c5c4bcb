/** A pause this long, milliseconds, means that nobody is just about to call again. */
const QUIET_MS = 30

/** Under unbroken load what can wait still gets a turn this often, milliseconds, so that it does not wait for ever. */
const LONGEST_WAIT_MS = 500

/** Between two slices callers get their turn, milliseconds. */
const BREATH_MS = 1

/** What can wait, in slices. */
export interface Idling {
  /** Does one slice; answers whether more is left to do. When it fails, the next call gives it another chance. */
  slice: () => boolean
  /** Whether the next slice cannot wait for a pause. */
  isPressing: () => boolean
  failed: (error: unknown) => void
}

/** Runs what can wait in slices, in the pauses between calls. */
export class Idler {
  readonly #work
  #timer: NodeJS.Timeout | null = null
  #afterAnswer: NodeJS.Immediate | null = null
  #dueMs = 0

  constructor(work: Idling) {
    this.#work = work
    this.called()
  }

  /**
   * Somebody calls: wait for the next pause. What cannot wait runs once the answer is given; and before this call when
   * calls came so fast upon each other that the thread had no turn for that, nor for any timer.
   */
  called(): void {
    const nowMs = performance.now()
    if (this.#timer === null) this.#dueMs = nowMs + LONGEST_WAIT_MS
    else clearTimeout(this.#timer)
    if (nowMs >= this.#dueMs || this.#isPressing()) {
      this.#isGood(this.#work.slice)
      this.#dueMs = performance.now() + LONGEST_WAIT_MS
    }
    this.#arm(QUIET_MS)
    this.#afterAnswer ??= setImmediate(() => {
      this.#afterAnswer = null
      if (this.#isPressing()) this.#isGood(this.#work.slice)
    })
  }

  /** Runs nothing any more. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#afterAnswer !== null) clearImmediate(this.#afterAnswer)
    this.#timer = null
    this.#afterAnswer = null
  }

  #isPressing(): boolean {
    return this.#isGood(this.#work.isPressing)
  }

  /** False when the work fails or says so. */
  #isGood(work: () => boolean): boolean {
    try {
      return work()
    } catch (error) {
      this.#work.failed(error)
      return false
    }
  }

  #arm(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = null
      if (!this.#isGood(this.#work.slice)) return
      this.#dueMs = performance.now() + LONGEST_WAIT_MS
      this.#arm(BREATH_MS)
    }, delayMs)
  }
}
