import type { Gate } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Profile } from '../../../shared/api/profile.ts'
import { isReason } from '../../../shared/api/reason.ts'
import { redact } from '../../upstreams/kit/redact.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import type { Ledger } from './ledger.ts'

/** What the lock of a production profile is kept with. */
export interface LockSources {
  ledger: Ledger
  clock: Clock
  profile: () => Profile
  gate: () => Gate
}

/** What a person says to unlock a profile. */
export interface Unlocking {
  minutes: number
  reason: string
  /** The name of the profile, typed. */
  confirm: string
}

/** The lock of the production profile in use: shut at the start and after every change of profile, open for minutes. */
export class Lock {
  readonly #sources: LockSources
  #untilMs: number | null = null
  #cancelTelling: () => void = () => undefined

  constructor(sources: LockSources) {
    this.#sources = sources
  }

  /** Until when the profile is unlocked, epoch milliseconds; null when nobody has unlocked it. */
  untilMs(): number | null {
    return this.#untilMs
  }

  /** Opens it for some minutes, recorded with the reason; fails with `closed` when nothing can be unlocked or the name is another. */
  async unlock({ minutes, reason, confirm }: Unlocking): Promise<Gate> {
    const { gate, profile, ledger, clock } = this.#sources
    const { canUnlock, unlockedUntilMs, why, tip } = gate()
    const { name } = profile()
    if (!canUnlock && unlockedUntilMs === null) {
      throw new Failure('closed', why === '' ? `The profile “${name}” is not locked.` : why, { tip })
    }
    if (!isReason(reason) || confirm.trim() !== name) {
      throw new Failure('closed', 'The profile stays locked: it takes a reason and its name, as typed.', {
        tip: `Its name is “${name}”.`,
      })
    }
    const facts = { profile: name, minutes: String(minutes) }
    await ledger.byPerson({ action: '', kind: 'unlocked', why: redact(reason.trim()), facts })
    // Another may have been taken up while this was recorded.
    if (profile().name === name) this.#open(clock.nowMs() + minutes * 60_000, minutes * 60_000)
    return gate()
  }

  /** Shuts it, recorded. */
  async lock(): Promise<Gate> {
    const { gate, profile, ledger } = this.#sources
    const wasUnlocked = this.#untilMs !== null
    this.forget()
    if (wasUnlocked) {
      const facts = { profile: profile().name }
      await ledger.byPerson({ action: '', kind: 'locked', why: 'Locked by hand.', facts })
    }
    return gate()
  }

  /** Shuts it: another profile is in use, or the console ends. */
  forget(): void {
    this.#untilMs = null
    this.#cancelTelling()
  }

  #open(untilMs: number, forMs: number): void {
    this.#cancelTelling()
    this.#untilMs = untilMs
    // By a length of time too, so that a clock that is set back does not keep it open.
    this.#cancelTelling = this.#sources.clock.after(forMs, () => {
      this.forget()
      this.#sources.ledger.tell()
    })
  }
}
