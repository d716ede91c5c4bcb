import { statfs } from 'node:fs/promises'
import type { Gate } from '../../shared/api/action.ts'
import type { ConsoleStatus } from '../../shared/api/answers.ts'
import type { CredentialKeeping } from '../../shared/api/credential.ts'
import type { Profile } from '../../shared/api/profile.ts'
import type { ReadStore } from '../store/store.ts'
import type { Clock } from '../upstreams/kit/clock.ts'
import { isReadOnlyProfile } from './actions/gate.ts'

/** What the pipeline says of itself. */
export type Measures = Pick<ConsoleStatus, 'eventsPerSec' | 'behindBy' | 'storeTrouble'>

/** What a status is made of. */
export interface StatusSources {
  store: ReadStore
  clock: Clock
  dataDir: string
  consoleVersion: string
  host: ConsoleStatus['host']
  /** From `--read-only`. */
  isReadOnly: boolean
  /** Whether commands that change something outside are accepted. */
  gate: () => Gate
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
  const gate = sources.gate()
  return {
    version,
    nowMs,
    consoleVersion: sources.consoleVersion,
    host: sources.host,
    mode: 'live',
    profile: { name: profile.name, environment: profile.environment, isDemo },
    isReadOnly: sources.isReadOnly || isReadOnlyProfile(profile),
    actions: { ...gate, isAllowed: gate.isOpen },
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

/** Space left for the journal; null where the platform does not say. */
async function freeBytes(dataDir: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(dataDir)
    return bavail * bsize
  } catch {
    return null
  }
}
