import type { ConsoleStatus } from '../../shared/api/answers.ts'
import { Failure } from '../../shared/api/failure.ts'
import type { ConnectionSummary } from '../../shared/api/presence.ts'
import type { ReadStore, Store } from '../store/store.ts'
import type { Clock } from '../upstreams/kit/clock.ts'
import type { Vault } from '../vault/vault.ts'
import type { Actions } from './actions/actions.ts'
import type { Deeds } from './actions/deeds.ts'
import type { ConnectionTests } from './connectionTests.ts'
import type { Connections } from './connections.ts'
import type { FeedSet } from './feedSet.ts'
import type { Logger } from './logger.ts'

/** What only the process that holds the data folder has. */
export interface Live {
  store: Store
  connections: Connections
  tests: ConnectionTests
  /** What an operator has done outside. */
  actions: Actions
  /** What a person notes of intents. */
  deeds: Deeds
  /** Null where the host keeps no credentials. */
  vault: Vault | null
  /** The profile in use. */
  inUse: () => { name: string; isDemo: boolean }
  /** Closes the connections and opens those of a saved profile. */
  useProfile: (name: string) => Promise<void>
}

/** All that a handler may touch. */
export interface Desk {
  store: ReadStore
  /** What readers can wait for. */
  feeds: FeedSet
  clock: Clock
  logger: Logger
  /** Folder of the saved profiles. */
  profilesDir: string
  status: () => Promise<ConsoleStatus>
  summaries: () => Promise<ConnectionSummary[]>
  /** Null in a reader, which has no link and writes nothing. */
  live: Live | null
}

/** The live half of a desk; fails with `closed` in a reader. */
export function liveOf(desk: Desk): Live {
  if (desk.live !== null) return desk.live
  throw new Failure('closed', 'This process only reads the data folder.', {
    tip: 'Do it in the console that holds the folder.',
  })
}
