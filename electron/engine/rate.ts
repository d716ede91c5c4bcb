/** Window of the rate: long enough to be calm, short enough to show a burst. */
const WINDOW_MS = 5_000

/** Counts things per second over the last five. */
export class Rate {
  readonly #nowMs: () => number
  #counted: { atMs: number; count: number }[] = []

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  add(count: number): void {
    this.#counted.push({ atMs: this.#nowMs(), count })
    this.#forget()
  }

  perSec(): number {
    this.#forget()
    return this.#counted.reduce((sum, { count }) => sum + count, 0) / (WINDOW_MS / 1_000)
  }

  /** What is older than the window, and what a clock that was set back has left in the future. */
  #forget(): void {
    const nowMs = this.#nowMs()
    this.#counted = this.#counted.filter(({ atMs }) => atMs > nowMs - WINDOW_MS && atMs <= nowMs)
  }
}
