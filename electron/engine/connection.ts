import type { CredentialStatus } from '../../shared/api/credential.ts'
import type { Presence } from '../../shared/api/presence.ts'
import type { ProfileConnection } from '../../shared/api/profile.ts'
import { comparableId, connectionId, type ConnectionId } from '../../shared/intent/ids.ts'
import { consoleEvent } from '../../shared/log/consoleEvent.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../upstreams/kit/clock.ts'
import type { Link, Site, TestSite, Upstream } from '../upstreams/upstream.ts'
import type { Vault } from '../vault/vault.ts'
import type { TellConsole } from './consoleEvents.ts'
import { CredentialEcho } from './credentialEcho.ts'
import { CredentialWatch } from './credentialWatch.ts'
import { keepGaps, type GapKeeper } from './gaps.ts'
import type { InBackground, Logger } from './logger.ts'
import { isDoneWithin } from './patience.ts'

/** Longest wait for a link to close what it opened, so that the console ends within its 5 s; a hanging one is logged. */
const CLOSE_LIMIT_MS = 2_000

/** What a connection needs of its engine. */
export interface ConnectionOptions {
  profile: ProfileConnection
  upstream: Upstream
  store: Pick<Store, 'openIntents' | 'watch' | 'watched'>
  clock: Clock
  random: () => number
  credential: (connection: ProfileConnection) => Promise<string | null>
  /** Where its credential is kept; absent: nobody can say how it fares. */
  vault?: Pick<Vault, 'status' | 'keeping'>
  /** Hands a raw event to the pipeline. */
  emit: (event: RawEvent) => void | Promise<void>
  /** Presence changed in any way. */
  onPresence: () => void
  inBackground: InBackground
  logger: Logger
}

/** What the journal knew of a connection when the run began. */
export interface Heritage {
  lastReceivedAtMs: number | null
  openGapSinceMs: number | null
}

/** Why a link is ended. */
export interface Closing {
  reason: string
  tip: string
  /** Whether a gap begins now. At the end of a run it does not: the next run opens it. */
  isGap: boolean
}

/** One connection of the profile during a run: its link, which may come and go, its presence and its gaps. */
export class Connection {
  readonly id: ConnectionId
  readonly profile: ProfileConnection
  readonly upstream: Upstream
  readonly #options: ConnectionOptions
  readonly #gaps: GapKeeper
  #presence: Presence
  #lastReceivedAtMs: number | null
  readonly #credential: CredentialWatch
  readonly #echo = new CredentialEcho()
  #watched: string[] = []
  #link: Link | null = null
  #end: AbortController | null = null

  constructor(options: ConnectionOptions, heritage: Heritage) {
    this.#options = options
    this.profile = options.profile
    this.upstream = options.upstream
    this.id = connectionId(options.profile.id)
    this.#credential = watchCredential(options)
    this.#gaps = keepGaps({
      openSinceMs: heritage.openGapSinceMs,
      tell: this.#tell,
      nowMs: options.clock.nowMs,
    })
    this.#lastReceivedAtMs = heritage.lastReceivedAtMs
    this.#presence = notStarted(options.clock.nowMs(), heritage.lastReceivedAtMs)
    // Whatever was said between the runs was missed.
    if (heritage.lastReceivedAtMs !== null) {
      this.#gaps.lost(heritage.lastReceivedAtMs, 'The console was not running.')
    }
  }

  /** The newest presence. */
  presence(): Presence {
    return this.#presence
  }

  /** The running link; null while the connection is closed. */
  link(): Link | null {
    return this.#link
  }

  /** Ids followed by hand, from the profile and from the watch list. */
  watched(): readonly string[] {
    return this.#watched
  }

  /** Whether the profile itself names an id to follow. */
  isFromProfile(id: string): boolean {
    return this.#watchedByProfile().some((one) => comparableId(one) === comparableId(id))
  }

  /** How its credential fares, as of at most a minute ago and at once; null before the first look. */
  credential(): CredentialStatus | null {
    return this.#credential.latest()
  }

  /** How its credential fares now; asks the keychain. */
  credentialNow(): Promise<CredentialStatus> {
    return this.#credential.look()
  }

  /** Its credential was set or cleared: says how it fares, and a link that waits for one tries at once. */
  async credentialChanged(): Promise<CredentialStatus> {
    const status = await this.#credential.look()
    if (status.state === 'present' && this.#presence.state === 'needs-credentials') this.#link?.reconnectNow()
    this.#options.onPresence()
    return status
  }

  /** Opens the link; it says itself how it fares. One that cannot even be made is refused, and the others go on. */
  async open(): Promise<void> {
    if (this.#end !== null) return
    const end = new AbortController()
    this.#end = end
    try {
      const [{ connect }, kept] = await Promise.all([
        this.upstream.load(),
        this.#options.store.watched(this.profile.id),
      ])
      if (end.signal.aborted) return
      this.#watched = [...new Set([...this.#watchedByProfile(), ...kept])]
      this.#link = connect(this.#site(end.signal))
    } catch (reason) {
      this.#end = null
      this.#refuse(reason)
    }
  }

  /** Ends the link and says why. */
  async close(why: Closing): Promise<void> {
    const link = this.#link
    this.#link = null
    this.#end?.abort()
    this.#end = null
    const { clock, logger } = this.#options
    if (why.isGap && this.#lastReceivedAtMs !== null) this.#gaps.lost(this.#lastReceivedAtMs, why.reason)
    const { reason, tip } = why
    const sinceMs = clock.nowMs()
    this.#setPresence({ ...this.#presence, state: 'stopped', reason, tip, sinceMs, nextRetryAtMs: null })
    if (link !== null && !(await isDoneWithin(CLOSE_LIMIT_MS, link.closed))) {
      logger.warn('A link did not close in time and is left behind.', { connection: this.id })
    }
  }

  /** Follows an id, or stops following it, across restarts. Answers all that are followed. */
  async watch(id: string, isWatched: boolean): Promise<readonly string[]> {
    const kept = await this.#options.store.watch({ connection: this.profile.id, id, isWatched })
    this.#watched = [...new Set([...this.#watchedByProfile(), ...kept])]
    if (isWatched) this.#link?.watch(id)
    else if (!this.#watched.includes(id)) this.#link?.unwatch(id)
    return this.#watched
  }

  /** A text of its system without the credential that it was given. */
  withoutCredential(text: string): string {
    return this.#echo.clean(text)
  }

  /** What a test of this connection may use. */
  testSite(signal: AbortSignal): TestSite {
    const { profile, upstream, clock, random, credential } = this.#options
    return {
      connection: {
        id: this.id,
        system: upstream.system,
        url: profile.url,
        restUrl: profile.restUrl ?? null,
        settings: upstream.settings.parse(profile.settings ?? {}),
      },
      clock,
      random,
      credential: this.#echo.remembering(() => credential(profile)),
      signal,
    }
  }

  /** A site that falls silent when its link is ended, so that a late word of an old link changes nothing. */
  #site(signal: AbortSignal): Site {
    const { store, emit } = this.#options
    return {
      ...this.testSite(signal),
      emit: (event) => {
        this.#hear(event.receivedAtMs)
        return emit({ ...event, payload: this.#echo.clean(event.payload) })
      },
      presence: (presence) => {
        if (signal.aborted) return
        if (presence.lastReceivedAtMs !== null) this.#hear(presence.lastReceivedAtMs)
        const { reason, tip } = presence
        this.#setPresence({
          ...presence,
          reason: this.withoutCredential(reason),
          tip: this.withoutCredential(tip),
        })
      },
      lost: (atMs, reason) => {
        if (!signal.aborted) this.#gaps.lost(atMs, this.withoutCredential(reason))
      },
      resumed: (atMs, isRecovered) => (signal.aborted ? null : this.#gaps.resumed(atMs, isRecovered)),
      openIntents: (after, limit) => store.openIntents({ connection: this.profile.id, after, limit }),
      watched: () => this.#watched,
    }
  }

  #refuse(reason: unknown): void {
    const { clock, logger } = this.#options
    const said = reason instanceof Error ? reason.message : String(reason)
    logger.error('A link could not be made.', { connection: this.id, reason: said })
    this.#setPresence({
      ...this.#presence,
      state: 'refused',
      reason: `The connection could not be opened: ${said}`,
      tip: 'Check its place in the profile, or test it on its card.',
      sinceMs: clock.nowMs(),
    })
  }

  #hear(atMs: number): void {
    this.#lastReceivedAtMs = Math.max(this.#lastReceivedAtMs ?? atMs, atMs)
  }

  #watchedByProfile(): string[] {
    const watch = this.profile.settings?.['watch']
    return Array.isArray(watch) ? watch.filter((id) => typeof id === 'string') : []
  }

  #setPresence(presence: Presence): void {
    const hasNewState = presence.state !== this.#presence.state
    this.#presence = presence
    if (hasNewState) {
      const { state, reason, tip } = presence
      this.#tell('presenceChanged', { state, reason, tip })
    }
    this.#options.onPresence()
  }

  readonly #tell: TellConsole = (kind, said) => {
    const { clock, emit, inBackground } = this.#options
    const event = consoleEvent({ connection: this.id, atMs: clock.nowMs() }, kind, said)
    const whenTaken = emit(event)
    if (whenTaken instanceof Promise) inBackground(`Journaling ${kind}`, whenTaken)
  }
}

/** Watches the credential of one connection; trouble with it is logged when it begins, once. */
function watchCredential(options: ConnectionOptions): CredentialWatch {
  const { profile, credential, vault, clock, inBackground, logger, onPresence } = options
  return new CredentialWatch({
    look: async () => {
      if (vault === undefined) return presenceOf(profile, await credential(profile))
      if (profile.credential === 'keychain') await vault.keeping()
      return vault.status(profile)
    },
    clock,
    inBackground,
    onChanged: ({ state, why, tip }) => {
      if (why !== '') logger.warn(`${why} ${tip}`.trim(), { connection: profile.id, credential: state })
      onPresence()
    },
  })
}

/** How a credential fares as far as its value tells. */
function presenceOf(profile: ProfileConnection, value: string | null): CredentialStatus {
  const { id, credential } = profile
  const kind = credential === 'none' || credential === 'keychain' ? credential : 'env'
  const state = kind === 'none' ? 'not-needed' : value === null ? 'missing' : 'present'
  return { connection: connectionId(id), kind, state, heldIn: null, setAtMs: null, why: '', tip: '' }
}

function notStarted(nowMs: number, lastReceivedAtMs: number | null): Presence {
  return {
    state: 'stopped',
    reason: 'Not started yet.',
    tip: '',
    sinceMs: nowMs,
    lastReceivedAtMs,
    lastPongAtMs: null,
    roundTripMs: null,
    nextRetryAtMs: null,
    attempt: 0,
  }
}
