import { join } from 'node:path'
import { Failure } from '../../shared/api/failure.ts'
import type { ConnectionSummary } from '../../shared/api/presence.ts'
import type { Profile, ProfileConnection } from '../../shared/api/profile.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../upstreams/kit/clock.ts'
import type { Vault } from '../vault/vault.ts'
import { Actions } from './actions/actions.ts'
import { Deeds } from './actions/deeds.ts'
import { operatingSystemUser } from './actions/who.ts'
import { ConnectionTests } from './connectionTests.ts'
import { Connections } from './connections.ts'
import type { Desk } from './desk.ts'
import { FeedSet } from './feedSet.ts'
import { routerOf, type EngineRouter } from './handlers/router.ts'
import { isLossy } from './lossy.ts'
import { logIncidents } from './logIncidents.ts'
import { backgroundOf, type InBackground, type Logger } from './logger.ts'
import { isDoneWithin } from './patience.ts'
import { Pipeline } from './pipeline.ts'
import { DEMO_NAME, rememberProfile, savedProfile } from './savedProfiles.ts'
import { statusNow, type Measures, type StatusSources } from './status.ts'
import { summaryOf } from './summaries.ts'

/** What a host gives an engine. */
export interface EngineOptions {
  /** The one writer of the data folder. The engine uses it and leaves it open: whoever opened it closes it, after `close`. */
  store: Store
  /** A good profile (`readProfile`). */
  profile: Profile
  /** Whether the profile is that of the sandbox. */
  isDemo: boolean
  dataDir: string
  /** Folder of the saved profiles; default `profiles` in the data folder. */
  profilesDir?: string
  host: 'desktop' | 'browser' | 'command-line'
  consoleVersion: string
  /** From `--read-only`; a profile may be read-only by itself. */
  isReadOnly: boolean
  /** Whether this host accepts commands that change anything outside (`--allow-actions`; always true on the desktop). */
  areActionsAllowed: boolean
  clock: Clock
  /** Uniform in [0, 1), for jitter. */
  random: () => number
  /** The credential of a connection, read anew at each use; null when there is none. */
  credential: (connection: ProfileConnection) => Promise<string | null>
  /** Where credentials are kept and set; absent: they cannot be set here. */
  vault?: Vault
  logger: Logger
  /**
   * Moves the console into or out of the demo, which keeps a data folder of its own: the host closes this engine and
   * starts another. Between saved profiles the engine moves by itself. Absent: refused with a sentence.
   */
  useProfile?: (name: string) => Promise<void>
}

/** A running console without its face. */
export interface Engine {
  /** Implements `shared/api/contract.ts`; for any carrier. */
  router: EngineRouter
  /** The machine goes to sleep: ends every link, so that none wakes up half-open, and writes what was received. */
  suspend: () => Promise<void>
  /** The machine is awake, told of its sleep or not: every link is opened anew, and what was missed becomes a gap. */
  resume: () => Promise<void>
  /** Ends every link, writes what was received, answers every waiting reader; at most 5 s. The store stays open. */
  close: () => Promise<void>
}

/** Longest wait for the disk at the end, so that the whole stays under 5 s. */
const FLUSH_LIMIT_MS = 2_000

const ASLEEP = { reason: 'The computer was asleep.', tip: 'The console reconnects when it is awake.' }

const NO_ROOM = { tip: 'Make room on the disk; the console tries again every few seconds.' }

/** Starts everything and resolves when the links have been opened (not: when they are connected). */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const run = new Run(options, await options.store.head())
  await logIncidents(options.store, options.logger)
  await run.use(options.profile)
  return {
    router: routerOf(run.desk()),
    suspend: () => run.suspend(),
    resume: () => run.resume(),
    close: () => run.close(),
  }
}

/** The parts of a running engine and what they tell each other. */
class Run {
  readonly #options: EngineOptions
  readonly #inBackground: InBackground
  readonly #feeds: FeedSet
  readonly #pipeline: Pipeline
  readonly #connections: Connections
  readonly #tests: ConnectionTests
  readonly #deeds: Deeds
  readonly #actions: Actions
  #profile: Profile

  constructor(options: EngineOptions, head: { version: number; lastSeq: number }) {
    const { store, clock, random, credential, vault, logger } = options
    this.#options = options
    this.#profile = options.profile
    this.#inBackground = backgroundOf(logger)
    this.#feeds = new FeedSet(head)
    this.#pipeline = new Pipeline({
      append: store.append,
      clock,
      isLossy,
      isWatched: () => this.#feeds.changes.isFollowed(),
      onAppended: (batch, appended) => {
        this.#feeds.appended(batch, appended)
      },
      onTrouble: (sentence) => {
        this.#onTrouble(sentence)
      },
    })
    this.#connections = new Connections({
      store,
      clock,
      random,
      credential,
      ...(vault === undefined ? {} : { vault }),
      logger,
      inBackground: this.#inBackground,
      emit: (event) => this.#pipeline.push(event),
      onPresence: () => {
        this.#feeds.touch()
      },
    })
    this.#tests = new ConnectionTests({ clock, inBackground: this.#inBackground })
    const who = (): Promise<string> => Promise.resolve(operatingSystemUser())
    this.#deeds = new Deeds({ store, feeds: this.#feeds, clock, who })
    this.#actions = new Actions({
      ...{ store, clock, logger, who, host: options.host, vault: vault ?? null },
      connections: this.#connections,
      feeds: this.#feeds,
      deeds: this.#deeds,
      profile: () => this.#profile,
      isReadOnlyRun: options.isReadOnly,
      areActionsAllowed: options.areActionsAllowed,
      storeTrouble: () => this.#pipeline.trouble(),
      flushed: () => this.#flushed(),
    })
  }

  /** Takes up a profile. */
  async use(profile: Profile): Promise<void> {
    const { dataDir, isDemo } = this.#options
    this.#actions.leaveProfile()
    this.#profile = profile
    this.#options.vault?.take(profile)
    await rememberProfile(dataDir, { isDemo, profile })
    await this.#connections.use(profile)
    await this.#actions.takeUp()
  }

  desk(): Desk {
    const { store, clock, logger, dataDir } = this.#options
    return {
      store,
      clock,
      logger,
      profilesDir: this.#options.profilesDir ?? join(dataDir, 'profiles'),
      feeds: this.#feeds,
      status: () => statusNow(this.#statusSources()),
      summaries: () => this.#summaries(),
      live: {
        store,
        connections: this.#connections,
        tests: this.#tests,
        actions: this.#actions,
        deeds: this.#deeds,
        vault: this.#options.vault ?? null,
        inUse: () => ({ name: this.#nameInUse(), isDemo: this.#options.isDemo }),
        useProfile: (name) => this.#useNamed(name),
      },
    }
  }

  async suspend(): Promise<void> {
    await this.#connections.close({ ...ASLEEP, isGap: true })
    await isDoneWithin(FLUSH_LIMIT_MS, this.#pipeline.flush())
  }

  async resume(): Promise<void> {
    // While the journal refuses, they stay closed: its recovery opens them.
    if (this.#pipeline.trouble() !== null) return
    // Not every platform tells of every sleep, and a socket from before one may look open and be dead.
    await this.#connections.reopen({ ...ASLEEP, isGap: true })
  }

  async close(): Promise<void> {
    this.#tests.close()
    await this.#connections.close({ reason: 'The console is closing.', tip: '', isGap: false })
    await isDoneWithin(FLUSH_LIMIT_MS, this.#actions.close())
    await isDoneWithin(FLUSH_LIMIT_MS, this.#pipeline.flush())
    this.#pipeline.close()
    this.#feeds.close()
    const unwritten = this.#pipeline.behindBy()
    if (unwritten > 0)
      this.#options.logger.error('Events could not be written before the end.', { unwritten })
  }

  /** The disk refuses: what cannot be kept is not received. It takes events again: hearing resumes, with a gap. */
  #onTrouble(sentence: string | null): void {
    const { logger } = this.#options
    this.#feeds.touch()
    if (sentence === null) {
      logger.info('The journal takes events again.')
      this.#inBackground('Looking for damage', logIncidents(this.#options.store, logger))
      this.#inBackground('Opening the connections', this.#connections.open())
      return
    }
    logger.error('The journal cannot be written; receiving has stopped.', { reason: sentence })
    const why = {
      reason: `Receiving has stopped, because the journal cannot be written: ${sentence}`,
      ...NO_ROOM,
      isGap: true,
    }
    this.#inBackground('Closing the connections', this.#connections.close(why))
  }

  async #flushed(): Promise<void> {
    await this.#pipeline.flush()
    const trouble = this.#pipeline.trouble()
    if (trouble !== null) throw new Failure('disk', `The journal cannot be written: ${trouble}`, NO_ROOM)
  }

  async #useNamed(name: string): Promise<void> {
    const { isDemo, useProfile, dataDir } = this.#options
    if (name === this.#nameInUse()) return
    const folder = this.#options.profilesDir ?? join(dataDir, 'profiles')
    const profile = name === DEMO_NAME ? null : await savedProfile(folder, name)
    if (profile !== null && !isDemo) {
      if (this.#pipeline.trouble() !== null)
        throw new Failure('disk', 'The journal cannot be written now.', NO_ROOM)
      await this.use(profile)
      this.#feeds.touch()
      return
    }
    if (useProfile === undefined) {
      throw new Failure(
        'closed',
        'The demo keeps a data folder of its own, which cannot be changed while running.',
        {
          tip: profile === null ? 'Quit and start with --demo.' : 'Quit and start with --profile <file>.',
        },
      )
    }
    await useProfile(name)
  }

  #nameInUse(): string {
    return this.#options.isDemo ? DEMO_NAME : this.#profile.name
  }

  async #summaries(): Promise<ConnectionSummary[]> {
    const records = await this.#options.store.connections(this.#options.clock.nowMs())
    return this.#connections.all().map((connection) =>
      summaryOf({
        profile: connection.profile,
        presence: connection.presence(),
        record: records.find((record) => record.connection === connection.id),
        isHeldHere: true,
        credential: connection.credential(),
        watched: connection.watched(),
      }),
    )
  }

  #measures(): Measures {
    const eventsPerSec = this.#pipeline.eventsPerSec()
    // A rate above zero falls by itself, which is news although nothing came in.
    if (eventsPerSec > 0) this.#feeds.touch()
    return { eventsPerSec, behindBy: this.#pipeline.behindBy(), storeTrouble: this.#pipeline.trouble() }
  }

  #statusSources(): StatusSources {
    return {
      ...this.#options,
      host: this.#options.host === 'desktop' ? 'desktop' : 'browser',
      gate: () => this.#actions.gate(),
      version: this.#feeds.news.version,
      inUse: () => ({ profile: this.#profile, isDemo: this.#options.isDemo }),
      measures: () => this.#measures(),
      keeping: () => this.#options.vault?.lastKeeping() ?? null,
      connections: () =>
        this.#connections.all().map((connection) => ({
          id: connection.id,
          system: connection.upstream.system,
          label: connection.upstream.label,
          presence: connection.presence(),
        })),
    }
  }
}
