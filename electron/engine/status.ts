import { statfs } from 'node:fs/promises'
import type { ConsoleStatus } from '../../shared/api/answers.ts'
import type { CredentialKeeping } from '../../shared/api/credential.ts'
import type { Profile } from '../../shared/api/profile.ts'
import type { ReadStore } from '../store/store.ts'
import type { Clock } from '../upstreams/kit/clock.ts'

/** What the pipeline says of itself. */
export type Measures = Pick<ConsoleStatus, 'eventsPerSec' | 'behindBy' | 'storeTrouble'>

/** What a status is made of. */
export interface StatusSources {
  store: ReadStore
  clock: Clock
  dataDir: string
  consoleVersion: string
  host: ConsoleStatus['host']
  isReadOnly: boolean
  areActionsAllowed: boolean
  /** News counter of this run. */
  version: () => number
  inUse: () => { profile: Profile; isDemo: boolean }
  measures: () => Measures
  /** Where credentials are kept, as last found. */
  keeping?: () => CredentialKeeping | null
  connections: () => ConsoleStatus['connections']
}

/** The state that the frame of the page shows, as of now. */
export async function statusNow(sources: StatusSources): Promise<ConsoleStatus> {
  const { store, clock, dataDir } = sources
  // Taken first: what changes while the store is asked is news for the next call.
  const version = sources.version()
  const nowMs = clock.nowMs()
  const [head, counts, longestNormalWait, incidents, diskFreeBytes] = await Promise.all([
    store.head(),
    store.counts(nowMs),
    store.longestNormalWait(nowMs),
    store.incidents(),
    freeBytes(dataDir),
  ])
  const { profile, isDemo } = sources.inUse()
  const actions = actionsOf(sources, profile)
  return {
    version,
    nowMs,
    consoleVersion: sources.consoleVersion,
    host: sources.host,
    mode: 'live',
    profile: { name: profile.name, environment: profile.environment, isDemo },
    isReadOnly: isReadOnly(sources, profile),
    actions,
    dataDir,
    lastSeq: head.lastSeq,
    ...sources.measures(),
    diskFreeBytes,
    counts,
    longestNormalWait,
    incidents,
    connections: sources.connections(),
    credentials: sources.keeping?.() ?? null,
  }
}

function isReadOnly(sources: StatusSources, profile: Profile): boolean {
  return sources.isReadOnly || (profile.readOnly ?? profile.environment === 'production')
}

function actionsOf(sources: StatusSources, profile: Profile): ConsoleStatus['actions'] {
  if (sources.isReadOnly) return { isAllowed: false, why: 'The console was started with --read-only.' }
  if (isReadOnly(sources, profile)) {
    return {
      isAllowed: false,
      why: 'The profile is read-only; set "readOnly": false in it to allow actions.',
    }
  }
  if (!sources.areActionsAllowed) {
    return { isAllowed: false, why: 'This host allows no actions; start it with --allow-actions.' }
  }
  return { isAllowed: true, why: '' }
}

/** Space left for the journal; null where the platform does not say. */
async function freeBytes(dataDir: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(dataDir)
    return bavail * bsize
  } catch {
    return null
  }
}
