import { type as shape } from '@orpc/contract'
import { z } from 'zod'
import { LONGEST_CREDENTIAL, type CredentialKeeping, type CredentialStatus } from './credential.ts'
import { actions, notes } from './actionContract.ts'
import { anyId, call, connection, waitMs } from './contractParts.ts'
import type {
  ConsoleStatus,
  GridBatch,
  MempoolSeries,
  RawView,
  RouteCount,
  Snapshot,
  SystemCard,
} from './answers.ts'
import type { ConnectionSummary, QuarantinedFrame, TestStep } from './presence.ts'
import type { IntentDetail, IntentRow, IntentSummary, TimelineEntry } from './row.ts'
import type { Settings } from './settings.ts'
import { MOST_WATCHED_AT_ONCE, type WatchedId, type WatchOutcome } from './watching.ts'

/** Version of this contract; the carrier refuses another major. */
const CONTRACT_VERSION = 1

/** Under this name page and engine find each other on any carrier; another version has another name. */
export const SUBPROTOCOL = `intent-console.v${CONTRACT_VERSION}`

/** Orders of the grid. All are kept by an index; newest or nearest first unless `ascending`. */
export const SORTS = ['changed', 'created', 'phaseSince', 'deadline'] as const

const query = z.string().max(2_000).default('')
const sort = z
  .object({ by: z.enum(SORTS), isAscending: z.boolean().default(false) })
  .default({ by: 'changed', isAscending: false })

/**
 * Everything that a page can ask of the engine. Three verbs: *ask* (a query answers at once), *do* (changes something
 * of ours), *next* (waits up to `waitMs` for something newer than `since`, then answers either way; ask again from the
 * version that came back). Times are epoch milliseconds, amounts decimal strings of base units. Any call fails with
 * `FAILED` and a `FailureShape`.
 */
export const contract = {
  status: {
    /** The frame around every screen: profile, host, presence, counts. News at most once a second. */
    next: call
      .input(z.object({ since: z.number().int().min(0).default(0), waitMs }))
      .output(shape<ConsoleStatus>()),
    /** What each system is called and how it speaks. Does not change during a run. */
    systems: call.input(z.object({})).output(shape<SystemCard[]>()),
  },
  intents: {
    /**
     * The first `limit` intents that match, in order. Rows unchanged after version `since` are left out of `rows` and
     * stand only in `order`. Fails with `usage` and the place when the query is wrong.
     */
    next: call
      .input(
        z.object({
          query,
          sort,
          limit: z.number().int().min(1).max(1_000).default(200),
          since: z.number().int().min(0).default(0),
          waitMs,
        }),
      )
      .output(shape<GridBatch>()),
    /** Holds still what matches now, so that it can be read by row number. Forgotten after 10 minutes without use. */
    freeze: call.input(z.object({ query, sort })).output(shape<Snapshot>()),
    /** Rows `from` to `from + limit` of a snapshot, as they are now, in the order they had then. */
    rows: call
      .input(
        z.object({
          snapshot: z.string(),
          from: z.number().int().min(0),
          limit: z.number().int().min(1).max(1_000),
        }),
      )
      .output(shape<{ rows: IntentRow[]; version: number }>()),
    /** What changed after `since` among the given intents, and how many others changed that match the snapshot's query. */
    changes: call
      .input(
        z.object({
          snapshot: z.string(),
          ids: z.array(anyId).max(1_000),
          since: z.number().int().min(0),
          waitMs,
        }),
      )
      .output(shape<{ rows: IntentRow[]; newCount: number; version: number }>()),
    /** Intents that match, newest first. An identifier, full or a prefix of six, or a query (interfaces.md section 4). */
    find: call
      .input(z.object({ query, limit: z.number().int().min(1).max(10_000).default(100) }))
      .output(shape<IntentSummary[]>()),
    /** One intent with its timeline once it has changed after `since`; `not-found` when no alias matches. */
    get: call
      .input(z.object({ id: anyId, since: z.number().int().min(0).default(0), waitMs }))
      .output(shape<{ version: number; intent: IntentDetail }>()),
    /** The routes that most intents take, most first, at most a hundred. Reads every intent: ask when it is wanted. */
    routes: call.input(z.object({})).output(shape<RouteCount[]>()),
    /** One raw event as it came and as it was understood. */
    raw: call.input(z.object({ seq: z.number().int().min(1) })).output(shape<RawView>()),
    /**
     * Reads the intent again from its system now, with all that this reading asks for; the answers arrive as events. An id that was never
     * heard of is read too where its connection is named.
     */
    reread: call
      .input(z.object({ id: anyId, connection: connection.optional() }))
      .output(shape<{ isAsked: boolean }>()),
    /** Follows (or stops following) an id on a connection, across restarts. Fails with `usage` when it can be no id. */
    watch: call
      .input(z.object({ connection, id: anyId, isWatched: z.boolean() }))
      .output(shape<{ watched: string[] }>()),
    /** Follows many ids on a connection, across restarts; what became of each, in the order given. */
    watchMany: call
      .input(z.object({ connection, ids: z.array(anyId).max(MOST_WATCHED_AT_ONCE) }))
      .output(shape<{ outcomes: WatchOutcome[] }>()),
    /** Every id that is followed by hand on a connection, with what is known of it. */
    watchList: call.input(z.object({ connection })).output(shape<WatchedId[]>()),
  },
  notes,
  actions,
  journal: {
    /** Raw events after a sequence number, oldest first. */
    next: call
      .input(
        z.object({
          after: z.number().int().min(0),
          limit: z.number().int().min(1).max(1_000).default(200),
          waitMs,
        }),
      )
      .output(
        shape<{ events: (TimelineEntry & { connection: string; payload: string })[]; lastSeq: number }>(),
      ),
  },
  mempool: {
    /** The system's counters over time beside our own counts; at most `points` each, gaps left out. */
    series: call
      .input(
        z.object({
          connection,
          fromMs: z.number(),
          untilMs: z.number(),
          points: z.number().int().min(10).max(2_000).default(300),
        }),
      )
      .output(shape<MempoolSeries>()),
  },
  connections: {
    /** Every connection, when anything about one changed after `since`. News at most once a second. */
    next: call
      .input(z.object({ since: z.number().int().min(0).default(0), waitMs }))
      .output(shape<{ version: number; connections: ConnectionSummary[] }>()),
    /** Frames that could not be read, newest first, before `beforeSeq`. */
    quarantine: call
      .input(
        z.object({
          connection,
          beforeSeq: z.number().int().optional(),
          limit: z.number().int().min(1).max(200).default(50),
        }),
      )
      .output(shape<QuarantinedFrame[]>()),
    /** Gives up waiting and tries again at once. */
    reconnect: call.input(z.object({ connection })).output(shape<{ isAsked: boolean }>()),
    /** Starts a test of the connection on a link of its own; `next` tells its steps. */
    test: call.input(z.object({ connection })).output(shape<{ test: string }>()),
    /** Steps of a test so far, when there are more than `since`. */
    testNext: call
      .input(z.object({ test: z.string(), since: z.number().int().min(0), waitMs }))
      .output(shape<{ steps: TestStep[]; version: number; isDone: boolean; isCancelled: boolean }>()),
    /** Ends a test that is under way; one that nobody reads any more ends by itself. Its steps can still be read. */
    testCancel: call.input(z.object({ test: z.string() })).output(shape<{ isCancelled: boolean }>()),
  },
  credentials: {
    /** Where credentials are kept, and whether each connection of the profile in use has its own. Asks the keychain. */
    status: call
      .input(z.object({}))
      .output(shape<{ keeping: CredentialKeeping; connections: CredentialStatus[] }>()),
    /**
     * Keeps a value, which no call ever gives back. A place that is weak (`keeping.place`) is used only when `accepts`
     * names it; `memory` may be chosen anywhere. Fails with `closed` when the keychain is locked or does not answer.
     */
    set: call
      .input(
        z.object({
          connection,
          value: z.string().min(1).max(LONGEST_CREDENTIAL),
          accepts: z.enum(['unencrypted', 'memory']).optional(),
        }),
      )
      .output(shape<CredentialStatus>()),
    /** Forgets the value of a connection, wherever it is held. */
    clear: call.input(z.object({ connection })).output(shape<CredentialStatus>()),
  },
  profiles: {
    /** Saved profiles and the one in use. */
    list: call
      .input(z.object({}))
      .output(shape<{ inUse: string; isDemo: boolean; saved: { name: string; text: string }[] }>()),
    /** Whether a text is a good profile; each problem with its place and what to do. */
    check: call
      .input(z.object({ text: z.string().max(1_000_000) }))
      .output(shape<{ problems: { place: string; sentence: string }[] }>()),
    /** Saves a good profile under its name in the data folder. */
    save: call.input(z.object({ text: z.string().max(1_000_000) })).output(shape<{ name: string }>()),
    /** Closes the connections and opens those of a saved profile; `demo` is always there. */
    use: call.input(z.object({ name: z.string() })).output(shape<{ inUse: string }>()),
  },
  settings: {
    get: call.input(z.object({})).output(shape<Settings>()),
    /** Changes what is given and answers with all. Unknown keys are refused by name. */
    set: call.input(z.object({ changes: z.record(z.string(), z.unknown()) })).output(shape<Settings>()),
  },
}

/** The contract's type, for clients and handlers. */
export type Contract = typeof contract
