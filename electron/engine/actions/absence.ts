import { formatDuration } from '../../../shared/intent/time.ts'
import type { Sign } from './trace.ts'

/** Fewest readings that prove anything: one or two may come from a replica that lags. */
const FEWEST_READINGS = 3

/** Readings of one action without a sign of it, as far as they are without contradiction. */
export class Absence {
  #count = 0
  #firstAtMs = 0
  #lastAtMs = 0

  /** Adds a reading; `nothing` is one that could not be made, which proves nothing and contradicts nothing. */
  add(sign: Sign | 'nothing', atMs: number): void {
    if (sign === 'nothing') return
    if (sign !== 'absent') {
      this.#count = 0
      return
    }
    // A clock that was set back begins anew, so that a window is never shorter than it is said to be.
    if (this.#count === 0 || atMs < this.#lastAtMs) {
      this.#count = 0
      this.#firstAtMs = atMs
    }
    this.#count += 1
    this.#lastAtMs = atMs
  }

  /** Whether absence has lasted a window, by enough readings. */
  isProof(windowMs: number): boolean {
    return this.#count >= FEWEST_READINGS && this.#lastAtMs - this.#firstAtMs >= windowMs
  }

  /** How often and how long, for a person. */
  sentence(): string {
    const lasted = formatDuration(this.#lastAtMs - this.#firstAtMs)
    return `${this.#count} readings over ${lasted} show no sign of it, longer than the request could live.`
  }
}
