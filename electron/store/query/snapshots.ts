import { Failure } from '../../../shared/api/failure.ts'
import { Lru } from '../lru.ts'

/** The contract promises ten minutes without use, milliseconds. */
const KEPT_MS = 600_000

/** A few windows, each with the list that it reads and some it has left; at a million intents one is 8 MB. */
const KEPT = 12

/** What matched a query at one instant, in order. */
export interface Frozen {
  query: string
  ids: Float64Array
  version: number
}

/** Lists held still while somebody reads them. */
export class Snapshots {
  readonly #kept = new Lru<string, Frozen & { usedAtMs: number }>(KEPT)
  #count = 0

  /** Keeps a list; answers its name. */
  keep(frozen: Frozen, nowMs: number): string {
    this.#count += 1
    const name = `s${this.#count}`
    this.#kept.set(name, { ...frozen, usedAtMs: nowMs })
    return name
  }

  /** The list of a name; fails with `not-found` when it was forgotten. */
  get(name: string, nowMs: number): Frozen {
    const kept = this.#kept.get(name)
    if (kept === undefined || nowMs - kept.usedAtMs > KEPT_MS) {
      this.#kept.delete(name)
      throw new Failure('not-found', 'This frozen list is not kept any more.', {
        tip: 'Freeze it again.',
        facts: { snapshot: name },
      })
    }
    kept.usedAtMs = nowMs
    return kept
  }
}
