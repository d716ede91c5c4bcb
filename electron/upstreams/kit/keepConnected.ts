import type { Presence, PresenceState } from '../../../shared/api/presence.ts'
import { createBackoff, type Backoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import type { OfferedCredential } from './offeredCredential.ts'
import { trackPresence, type PresenceTracker } from './presence.ts'
import { watchFor, type Watchdog } from './watchdog.ts'

/** Longest that one attempt may take, milliseconds: three round trips over the worst link, and no more. */
const ATTEMPT_WITHIN_MS = 15_000

/** Wait after a refusal, milliseconds: trying soon would change nothing, and a person may mend it within minutes. */
const REFUSED_WAIT_MS = 60_000

/**
 * Wait after a refusal for lack of a credential where none can be given, milliseconds: only the server can change its
 * mind, which it does when somebody has worked on it.
 */
const SHUT_OUT_WAIT_MS = 5 * 60_000

/** How often a refused credential is looked at for a new one, milliseconds: soon for a person, seldom for a keychain. */
const CREDENTIAL_LOOK_MS = 10_000

/** Why a connection is down, in words. */
export interface Trouble {
  /** `retrying` waits by the growing delays; `refused` a minute; `needs-credentials` for another credential. */
  state: Extract<PresenceState, 'retrying' | 'refused' | 'needs-credentials'>
  reason: string
  tip: string
  /** How long the server asked to be left alone, milliseconds. */
  pauseMs?: number
}

/** What is kept connected. The outcome of `open` comes back through the keeper's `opened` or `down`. */
export interface Carrier {
  /** Begins one attempt. */
  open: () => void
  /** Lets go of whatever is open or opening, at once and without a word to the keeper. */
  drop: () => void
}

/** How to keep it connected. */
export interface KeeperOptions {
  clock: Clock
  random: () => number
  carrier: Carrier
  /** Silence after which a connection counts as dead; after two thirds of it the presence is `stale`. */
  staleAfterMs: number
  tell: (presence: Presence) => void
  /** What is offered to the server, where something is: after a refusal it is not tried again until it has changed. */
  credential?: OfferedCredential
  /** An open connection was lost; the last time anything was received. */
  onLost: (lastReceivedAtMs: number, reason: string) => void
}

/** Keeps one connection up for as long as the operator wants it, and says how it is. */
export class Keeper {
  readonly #options: KeeperOptions
  readonly #presence: PresenceTracker
  readonly #backoff: Backoff
  #place: 'waiting' | 'opening' | 'open' | 'stopped' = 'waiting'
  #last: Trouble = { state: 'retrying', reason: '', tip: '' }
  #notice = { reason: '', tip: '' }
  #cancelTimer = (): void => undefined
  #watchdogs: Watchdog[] = []

  constructor(options: KeeperOptions) {
    this.#options = options
    this.#presence = trackPresence(options.clock, options.tell)
    this.#backoff = createBackoff(options.clock, options.random)
  }

  /** Begins the first attempt; the next ones never end, with growing, jittered, capped delays in between. */
  start(): void {
    if (this.#place === 'waiting') this.#attempt()
  }

  /** The attempt succeeded. */
  opened(): void {
    if (this.#place !== 'opening') return
    this.#quiet()
    this.#place = 'open'
    this.#backoff.opened()
    this.#presence.heard()
    this.#becomeLive()
    const { clock, staleAfterMs } = this.#options
    const warnAfterMs = Math.round((staleAfterMs * 2) / 3)
    this.#watchdogs = [
      watchFor(clock, warnAfterMs, () => {
        const reason = `Nothing was received for ${Math.round(warnAfterMs / 1_000)} s.`
        const tip = 'The server or the network is stuck; the console reconnects by itself if it stays silent.'
        this.#presence.become({ state: 'stale', reason, tip, attempt: this.#backoff.attempt() })
      }),
      watchFor(clock, staleAfterMs, () => {
        this.#fail(
          `Nothing was received for ${Math.round(staleAfterMs / 1_000)} s, so the connection was given up.`,
        )
      }),
    ]
  }

  /** The attempt failed, or the connection ended. Told twice for one end, the second is ignored. */
  down(trouble: Trouble): void {
    if (this.#place !== 'opening' && this.#place !== 'open') return
    const { clock, onLost } = this.#options
    this.#quiet()
    if (this.#place === 'open') onLost(this.#presence.lastReceivedAtMs() ?? clock.nowMs(), trouble.reason)
    this.#place = 'waiting'
    this.#last = trouble
    const { state, reason, tip } = trouble
    const attempt = this.#backoff.attempt()
    const delayMs = this.#delayAfter(trouble)
    const nextRetryAtMs = delayMs === null ? null : clock.nowMs() + delayMs
    this.#presence.become({ state, reason, tip, attempt, nextRetryAtMs })
    if (delayMs === null) this.#awaitCredential()
    else {
      this.#cancelTimer = clock.after(delayMs, () => {
        this.#attempt()
      })
    }
  }

  /** Traffic of any kind was received. */
  heard(): void {
    for (const watchdog of this.#watchdogs) watchdog.fed()
    this.#presence.heard()
    if (this.#place === 'open' && this.#presence.state() === 'stale') this.#becomeLive()
  }

  /** An open connection is in doubt, and why: stale until something is received again. */
  doubted(reason: string, tip: string): void {
    if (this.#place !== 'open') return
    this.#presence.become({ state: 'stale', reason, tip, attempt: this.#backoff.attempt() })
  }

  /** What a person should look at although the connection hears well; shown until another notice, or none, is given. */
  noted(notice: { reason: string; tip: string }): void {
    this.#notice = notice
    if (this.#place === 'open' && this.#presence.state() === 'live') this.#becomeLive()
  }

  /** A ping was answered. */
  ponged(roundTripMs: number | null): void {
    this.#presence.ponged(roundTripMs)
  }

  /** The server asked that readings wait until then. */
  paused(untilMs: number): void {
    this.#presence.paused(untilMs)
  }

  /** Gives up waiting, or a silent connection, and tries at once. A live one is left alone. */
  reconnectNow(): void {
    if (this.#presence.state() === 'stale') this.#fail('The operator asked for a new connection.')
    if (this.#place !== 'waiting') return
    this.#cancelTimer()
    this.#attempt()
  }

  /** No more attempts; presence becomes `stopped`. */
  stop(): void {
    this.#quiet()
    this.#backoff.stop()
    this.#place = 'stopped'
    const reason = 'Watching was stopped.'
    this.#presence.become({ state: 'stopped', reason, tip: '', attempt: this.#backoff.attempt() })
  }

  #attempt(): void {
    this.#place = 'opening'
    this.#backoff.begun()
    const attempt = this.#backoff.attempt()
    const { state, reason, tip } = this.#last
    if (attempt > 1) this.#presence.become({ state, reason, tip, attempt })
    this.#cancelTimer = this.#options.clock.after(ATTEMPT_WITHIN_MS, () => {
      this.#fail(`There was no answer within ${ATTEMPT_WITHIN_MS / 1_000} s.`)
    })
    this.#options.carrier.open()
  }

  /** Milliseconds until the next attempt; null when that waits for another credential. */
  #delayAfter({ state, pauseMs = 0 }: Trouble): number | null {
    const backoffMs = this.#backoff.closed()
    switch (state) {
      case 'retrying':
        return Math.max(backoffMs, pauseMs)
      case 'refused':
        return Math.max(REFUSED_WAIT_MS, pauseMs)
      case 'needs-credentials':
        return this.#options.credential === undefined ? Math.max(SHUT_OUT_WAIT_MS, pauseMs) : null
    }
  }

  /** Looks again and again whether there is another credential; a keychain that fails says nothing new. */
  #awaitCredential(): void {
    let isWaiting = true
    let cancel = (): void => undefined
    const look = async (): Promise<void> => {
      const hasChanged = await this.#options.credential?.hasChanged().catch(() => false)
      if (!isWaiting) return
      if (hasChanged === true) this.#attempt()
      else cancel = this.#options.clock.after(CREDENTIAL_LOOK_MS, () => void look())
    }
    this.#cancelTimer = () => {
      isWaiting = false
      cancel()
    }
    void look()
  }

  #fail(reason: string): void {
    this.#options.carrier.drop()
    this.down({ state: 'retrying', reason, tip: 'Check that the server is well; the console keeps trying.' })
  }

  #becomeLive(): void {
    this.#presence.become({ state: 'live', ...this.#notice, attempt: this.#backoff.attempt() })
  }

  #quiet(): void {
    this.#cancelTimer()
    for (const watchdog of this.#watchdogs) watchdog.stop()
    this.#watchdogs = []
  }
}
