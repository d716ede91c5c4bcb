import { oc, type as shape } from '@orpc/contract'
import { z } from 'zod'
import { LONGEST_CREDENTIAL, type CredentialKeeping, type CredentialStatus } from './credential.ts'
import {
  ACTION_STATES,
  type ActAnswer,
  type ActionRecord,
  type ActionStep,
  type Bulk,
  type Gate,
  type OfferedCommand,
  type Rehearsal,
} from './action.ts'
import type { FailureShape } from './failure.ts'
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

/** Longest that a feed waits for news before it answers with none, milliseconds: below every idle timeout on the way. */
export const LONGEST_WAIT_MS = 20_000

/** Orders of the grid. All are kept by an index; newest or nearest first unless `ascending`. */
export const SORTS = ['changed', 'created', 'phaseSince', 'deadline'] as const

const call = oc.errors({ FAILED: { data: shape<FailureShape>() } })
const waitMs = z.number().int().min(0).max(LONGEST_WAIT_MS).default(0)
const query = z.string().max(2_000).default('')
const sort = z
  .object({ by: z.enum(SORTS), isAscending: z.boolean().default(false) })
  .default({ by: 'changed', isAscending: false })
const connection = z.string().min(1).max(200)
const anyId = z.string().min(1).max(500)
const done = shape<{ isDone: true }>()
/** Why a person does something; kept with it. */
const reason = z.string().max(2_000)
/** What a command is given: its name, what it is about and its own fields. */
const order = z.object({
  command: z.string().min(1).max(60),
  /** Any id of an intent. */
  intent: anyId.optional(),
  /** Where no intent is known yet. */
  connection: connection.optional(),
  input: z.record(z.string(), z.unknown()).default({}),
})
/** A person's consent to what was shown: the hash of it, why, and what was typed. */
const consent = {
  hash: z.string().length(64),
  reason,
  confirm: z.string().max(100),
  acknowledge: z.union([z.literal('unknown'), z.array(z.string().max(200)).max(50)]).default([]),
}

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
    /** Reads the intent again from its system now; the answer arrives as an event. */
    reread: call.input(z.object({ id: anyId })).output(shape<{ isAsked: boolean }>()),
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
  notes: {
    /** Adds a note to an intent; it stands on its timeline and in every export. */
    add: call.input(z.object({ intent: anyId, text: z.string().trim().min(1).max(4_000) })).output(done),
    /** Adds a tag to an intent, or takes it away. */
    tag: call
      .input(z.object({ intent: anyId, tag: z.string().trim().min(1).max(60), isSet: z.boolean() }))
      .output(done),
    /** Keeps an intent out of Attention until an instant (epoch milliseconds; null: until its status changes), with a reason. */
    silence: call
      .input(z.object({ intent: anyId, untilMs: z.number().int().nullable(), reason }))
      .output(done),
  },
  actions: {
    /** The commands that an intent, or a connection without one, offers now, each with its conditions. */
    offered: call
      .input(z.object({ intent: anyId.optional(), connection: connection.optional() }))
      .output(shape<{ gate: Gate; commands: OfferedCommand[] }>()),
    /** Runs a command that only reads. Fails with `closed` and why. */
    read: call.input(order).output(shape<ActAnswer>()),
    /** Fills a command in and reads its intent again; sends nothing. The draft is held for some minutes. */
    prepare: call.input(order).output(shape<Rehearsal>()),
    /** The file to hand to a second person for a draft. */
    approvalRequest: call.input(z.object({ draft: z.string() })).output(shape<{ text: string }>()),
    /** Sends a draft once, if it is still what was confirmed. The same draft given twice answers with the same action. */
    give: call
      .input(
        z.object({
          draft: z.string(),
          ...consent,
          amount: z.string().max(100).optional(),
          approval: z.string().max(20_000).nullable().default(null),
        }),
      )
      .output(shape<ActAnswer>()),
    /** Actions that match, open ones on top, then newest first, once anything changed after `since`. */
    next: call
      .input(
        z.object({
          state: z.enum(ACTION_STATES).optional(),
          command: z.string().max(60).optional(),
          connection: connection.optional(),
          intent: anyId.optional(),
          text: z.string().max(200).optional(),
          limit: z.number().int().min(1).max(1_000).default(200),
          since: z.number().int().min(0).default(0),
          waitMs,
        }),
      )
      .output(shape<{ version: number; actions: ActionRecord[]; openCount: number; lateCount: number }>()),
    /** Rows of the audit log after a place, oldest first. */
    steps: call
      .input(
        z.object({ after: z.number().int().min(0), limit: z.number().int().min(1).max(1_000).default(200) }),
      )
      .output(shape<{ steps: ActionStep[]; lastSeq: number }>()),
    /** Settles an action whose outcome is unknown by a person's word, with the evidence as the reason. */
    resolve: call
      .input(z.object({ action: z.string(), wasCarriedOut: z.boolean(), reason: reason.min(1) }))
      .output(shape<ActionRecord>()),
    /** Unlocks a profile that starts locked, for some minutes; `confirm` is the name of the profile. */
    unlock: call
      .input(
        z.object({ minutes: z.number().int().min(1).max(60), reason: reason.min(1), confirm: z.string() }),
      )
      .output(shape<Gate>()),
    lock: call.input(z.object({})).output(shape<Gate>()),
    /** The same command over many intents: what would be sent, what is left out and why. `addNote`, `addTag`, `watchIntent`, `reread`, `silenceAlarm` too. */
    bulkPrepare: call
      .input(
        z.object({
          command: z.string().min(1).max(60),
          intents: z.array(anyId).min(1).max(1_000),
          input: z.record(z.string(), z.unknown()).default({}),
        }),
      )
      .output(shape<Bulk>()),
    /** Begins: one after the other, each with its own row in the log. `confirm` is how many. */
    bulkGive: call.input(z.object({ bulk: z.string(), ...consent })).output(shape<Bulk>()),
    bulkNext: call
      .input(z.object({ bulk: z.string(), since: z.number().int().min(0).default(0), waitMs }))
      .output(shape<Bulk>()),
    /** Sends no more of it; what was sent was sent. */
    bulkStop: call.input(z.object({ bulk: z.string() })).output(shape<Bulk>()),
  },
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
