/**
 * How long an append may take while somebody watches, milliseconds. Their questions wait behind it: fifteen pictures a
 * second leave 66, half of them for reading, carrying and painting.
 */
const WATCHED_MS = 33

/** Events in one append while nobody watches: beyond it neither the sync nor pages written twice cost any less. */
const MOST = 4_000

/** Fewer would be mostly syncs, however slow the disk is at the moment. */
const FEWEST = 200

/** What an event costs until it was measured, milliseconds. */
const FIRST_GUESS_MS = 0.05

/** Weight of the newest measurement: a single slow sync must not make small batches for long. */
const NEWEST = 0.3

/** Decides how many events go into one append: many when nobody waits, what fits into its time when somebody does. */
export class BatchSize {
  #eventMs = FIRST_GUESS_MS

  /** An append of so many events took so long. Small ones say more about syncs than about events. */
  took(eventCount: number, ms: number): void {
    if (eventCount < FEWEST) return
    this.#eventMs += NEWEST * (ms / eventCount - this.#eventMs)
  }

  /** Most events that go into the next append. */
  most(isWatched: boolean): number {
    if (!isWatched) return MOST
    return Math.max(FEWEST, Math.min(MOST, Math.floor(WATCHED_MS / this.#eventMs)))
  }
}
