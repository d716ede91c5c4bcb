import { join } from 'node:path'
import type { Gate } from '../../shared/api/action.ts'
import type { ConnectionSummary } from '../../shared/api/presence.ts'
import type { Profile } from '../../shared/api/profile.ts'
import type { ReadStore } from '../store/store.ts'
import type { Clock } from '../upstreams/kit/clock.ts'
import type { Engine } from './engine.ts'
import { FeedSet } from './feedSet.ts'
import { routerOf } from './handlers/router.ts'
import { lastPresences, unknownPresence } from './lastPresence.ts'
import { backgroundOf, type Logger } from './logger.ts'
import { statusNow } from './status.ts'
import { summaryOf } from './summaries.ts'

/** How often a reader looks whether the console beside it has written: quick for `tail`, nothing for the disk. */
const LOOK_MS = 250

/** A reader has no link and writes nothing. */
const NO_ACTIONS: Gate = {
  isOpen: false,
  why: 'This process only reads the data folder.',
  tip: 'Do it in the console that holds the folder.',
  canUnlock: false,
  unlockedUntilMs: null,
}

/** What a reader needs. */
export interface ReaderOptions {
  /** Opened for reading; the reader leaves it open. */
  store: ReadStore
  /** The profile that the data folder was last used with (`lastUsedProfile`). */
  profile: Profile
  isDemo: boolean
  dataDir: string
  consoleVersion: string
  clock: Clock
  logger: Logger
}

/** The same router on a data folder that another process holds: no link, and nothing is written. */
export async function openReader(options: ReaderOptions): Promise<Pick<Engine, 'router' | 'close'>> {
  const { store, profile, isDemo, clock, logger, dataDir } = options
  const feeds = new FeedSet(await store.head())
  const end = new AbortController()
  const looking = follow(options, feeds, end.signal)
  backgroundOf(logger)('Following the journal', looking)
  const router = routerOf({
    store,
    feeds,
    clock,
    logger,
    profilesDir: join(dataDir, 'profiles'),
    status: async () => {
      const summaries = await summariesOf(options)
      return statusNow({
        ...options,
        host: 'browser',
        isReadOnly: true,
        gate: () => NO_ACTIONS,
        version: feeds.news.version,
        inUse: () => ({ profile, isDemo }),
        measures: () => ({ eventsPerSec: 0, behindBy: 0, storeTrouble: null }),
        connections: () =>
          summaries.map(({ id, system, label, presence }) => ({ id, system, label, presence })),
      })
    },
    summaries: () => summariesOf(options),
    live: null,
  })
  return {
    router,
    close: async () => {
      end.abort()
      feeds.close()
      await looking
    },
  }
}

async function follow({ store, clock }: ReaderOptions, feeds: FeedSet, signal: AbortSignal): Promise<void> {
  let { lastSeq: lastStepSeen } = await store.actionsHead()
  for (;;) {
    await clock.sleep(LOOK_MS, signal)
    if (signal.aborted) return
    const [{ version, lastSeq }, { lastSeq: lastStep }] = await Promise.all([
      store.head(),
      store.actionsHead(),
    ])
    if (lastStep > lastStepSeen) feeds.actions.raise(feeds.actions.version() + 1)
    lastStepSeen = lastStep
    if (lastSeq > feeds.journal.version() || version > feeds.changes.version()) feeds.touch()
    feeds.changes.raise(version)
    feeds.journal.raise(lastSeq)
  }
}

async function summariesOf({ store, profile, clock }: ReaderOptions): Promise<ConnectionSummary[]> {
  const nowMs = clock.nowMs()
  const ids = profile.connections.map(({ id }) => id)
  const [records, presences] = await Promise.all([store.connections(nowMs), lastPresences(store, ids)])
  return Promise.all(
    profile.connections.map(async (connection) => {
      const record = records.find((found) => found.connection === connection.id)
      const presence = presences.get(connection.id) ?? unknownPresence(nowMs)
      return summaryOf({
        profile: connection,
        presence: { ...presence, lastReceivedAtMs: record?.lastReceivedAtMs ?? null },
        record,
        isHeldHere: false,
        credential: null,
        watched: await store.watched(connection.id),
      })
    }),
  )
}
