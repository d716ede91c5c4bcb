import type { CredentialStatus } from '../../shared/api/credential.ts'
import type { Clock } from '../upstreams/kit/clock.ts'
import type { InBackground } from './logger.ts'

/** How old the answer to "is there a credential" may be on a screen, milliseconds: a keychain is not asked every second. */
const LOOK_AGAIN_MS = 60_000

/** What a watch needs. */
export interface CredentialWatchOptions {
  /** Asks the vault; may take as long as a person needs to unlock a keychain. */
  look: () => Promise<CredentialStatus>
  clock: Pick<Clock, 'nowMs'>
  inBackground: InBackground
  /** Another state than before, or the first one found. */
  onChanged: (status: CredentialStatus) => void
}

/** Remembers how the credential of one connection fares, so that no screen ever waits for a keychain. */
export class CredentialWatch {
  readonly #options: CredentialWatchOptions
  #seen: { atMs: number; status: CredentialStatus } | null = null
  #isLooking = false

  constructor(options: CredentialWatchOptions) {
    this.#options = options
  }

  /** What was found last, at once; null before the first look. Looks again when that is old. */
  latest(): CredentialStatus | null {
    const nowMs = this.#options.clock.nowMs()
    if (this.#seen === null || Math.abs(nowMs - this.#seen.atMs) > LOOK_AGAIN_MS) this.#lookInBackground()
    return this.#seen?.status ?? null
  }

  /** Looks now and answers what is found. */
  async look(): Promise<CredentialStatus> {
    const before = this.#seen?.status.state
    const status = await this.#options.look()
    this.#seen = { atMs: this.#options.clock.nowMs(), status }
    if (status.state !== before) this.#options.onChanged(status)
    return status
  }

  #lookInBackground(): void {
    if (this.#isLooking) return
    this.#isLooking = true
    const looked = this.look().finally(() => {
      this.#isLooking = false
    })
    this.#options.inBackground('Looking for a credential', looked)
  }
}
