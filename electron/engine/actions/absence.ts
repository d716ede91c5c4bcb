import { formatDuration } from '../../../shared/intent/time.ts'
import type { Sign } from './trace.ts'

/** Fewest readings that prove anything: one or two may come from a replica that lags. */
const FEWEST_READINGS = 3

/** Readings of one action without a sign of it, as far as they are without contradiction. */
export class Absence {
  #count = 0
  #firstAfterMs = 0
  #lastAfterMs = 0

  /**
   * Adds a reading, made after so many milliseconds of waiting in all: timers count them, so that no clock that is set makes the window
   * shorter. `nothing` is one that could not be made, which proves nothing and contradicts nothing.
   */
  add(sign: Sign | 'nothing', waitedMs: number): void {
    if (sign === 'nothing') return
    if (sign !== 'absent') {
      this.#count = 0
      return
    }
    if (this.#count === 0) this.#firstAfterMs = waitedMs
    this.#count += 1
    this.#lastAfterMs = waitedMs
  }

  /** Whether absence has lasted a window, by enough readings. */
  isProof(windowMs: number): boolean {
    return this.#count >= FEWEST_READINGS && this.#lastAfterMs - this.#firstAfterMs >= windowMs
  }

  /** How often and how long, for a person. */
  sentence(): string {
    const lasted = formatDuration(this.#lastAfterMs - this.#firstAfterMs)
    return `${this.#count} readings over ${lasted} show no sign of it, longer than the request could live.`
  }
}
