import { Failure } from '../../shared/api/failure.ts'
import { isDamage } from './damage.ts'
import { openLocalStore, type LocalStore, type OpenOptions, type Reopening } from './localStore.ts'
import type { Register } from './register.ts'

/**
 * How often a run may replace a damaged store. Damage that comes back after that is the disk's own, and another copy on
 * it would fare no better.
 */
const REPLACEMENTS = 3

/** Holds the store of this thread, and opens it anew when damage was met in it. */
export class Custody {
  readonly #register
  #options: OpenOptions | null = null
  #store: LocalStore | null = null
  /** Set while a damaged store waits to be opened again. */
  #reopening: Reopening | null = null
  #replacements = 0

  constructor(register: Register) {
    this.#register = register
  }

  /** Opens a data folder; fails as `openLocalStore` does. */
  open(options: OpenOptions): void {
    this.#store = openLocalStore(options, this.#register)
    this.#options = options
  }

  /** The open store; fails with `closed` when there is none, with `disk` while a damaged one cannot be replaced. */
  use(): LocalStore {
    if (this.#reopening !== null && this.#options !== null) {
      this.#store = openLocalStore(this.#options, this.#register, this.#reopening)
      this.#reopening = null
    }
    if (this.#store === null) throw new Failure('closed', 'The store is not open.')
    return this.#store
  }

  /** A call failed. When it met damage, and this is the writer, the next call finds the store replaced. */
  failed(error: unknown): void {
    if (!isDamage(error) || this.#store === null || this.#replacements >= REPLACEMENTS) return
    const reopening = this.#store.abandon()
    if (reopening === null) return
    this.#replacements += 1
    this.#store = null
    this.#reopening = reopening
  }

  /** Does a slice of what can wait; false when nothing is left to do. */
  idle(): boolean {
    return this.#store?.idle() ?? false
  }

  /** Whether a slice of that is due now. */
  isPressing(): boolean {
    return this.#store?.isPressing() ?? false
  }

  /** Closes the store and gives the folder free. */
  close(): void {
    this.#store?.close()
    this.#reopening?.lock.release()
    this.#store = null
    this.#reopening = null
  }
}
