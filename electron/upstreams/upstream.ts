import type { z } from 'zod'
import type { Presence, TestStep } from '../../shared/api/presence.ts'
import type { Course } from '../../shared/intent/course.ts'
import type { Fact } from '../../shared/intent/fact.ts'
import type { ConnectionId, SystemName } from '../../shared/intent/ids.ts'
import type { Intent } from '../../shared/intent/intent.ts'
import type { Panel } from '../../shared/intent/panel.ts'
import type { Vocabulary } from '../../shared/intent/vocabulary.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import type { Command, CommandRequest, Sent, Verdict } from './command.ts'
import type { Clock } from './kit/clock.ts'

/** One kind of system: everything the console knows about it, in one folder. The register lists one per line. */
export interface Upstream<Settings = unknown> {
  system: SystemName
  /** As people call it. */
  label: string
  /** Settings of a connection in a profile; refuses unknown keys by name. */
  settings: z.ZodType<Settings>
  /** Whether a credential is needed, may be given, or is never used. */
  credential: 'none' | 'optional' | 'required'
  vocabulary: Vocabulary
  /** What else can be done here, and the reason where something is not offered. */
  capabilities: { name: string; isOffered: boolean; why: string }[]
  /** What an operator can have done here, one file each; every one is a capability that is offered. */
  commands?: readonly Command[]
  /** The panels of an intent, made from its `parts`, details and deadlines. Pure. */
  panels?: (intent: Intent) => Panel[]
  /**
   * Where an intent stands more closely than its status word says, now and as time passes (timelocks open and close).
   * Pure: depends on the intent only, never on a clock.
   */
  course?: (intent: Intent) => Course
  /** What a raw event means. Pure; never throws: what cannot be read becomes a quarantine fact. */
  normalise: (event: RawEvent) => Fact[]
  /** Loads the part that opens sockets, so that readers of the journal need not. */
  load: () => Promise<{
    connect: (site: Site<Settings>) => Link
    test: (site: TestSite<Settings>) => AsyncIterable<TestStep>
  }>
}

/** Where a connection lives and whom it may tell. */
export interface Site<Settings = unknown> extends TestSite<Settings> {
  /** Hands a raw event to the journal's queue. Resolves at once while there is room, else when there is again. */
  emit: (event: RawEvent) => void | Promise<void>
  /** Tells the present state; the engine keeps the newest. */
  presence: (presence: Presence) => void
  /** Hearing stopped at `atMs`, the last time anything was received. Opens a gap (once, until `resumed`). */
  lost: (atMs: number, reason: string) => void
  /**
   * Hearing again from `atMs`. Closes the open gap, unless `isRecovered`, when the peer proved that nothing was missed.
   * Answers the gap to repair, or null.
   */
  resumed: (atMs: number, isRecovered: boolean) => GapToRepair | null
  /** Intents of this connection that are not over, a page at a time in a fixed order. */
  openIntents: (after: string | null, limit: number) => Promise<TrackedIntent[]>
  /** Ids followed by hand: from the profile and from the watch list. */
  watched: () => readonly string[]
}

/** What a connection test may use. It emits nothing. */
export interface TestSite<Settings = unknown> {
  connection: {
    id: ConnectionId
    system: SystemName
    url: string
    restUrl: string | null
    settings: Settings
  }
  clock: Clock
  /** Uniform in [0, 1), for jitter. */
  random: () => number
  /** The credential, read anew at each use; null when there is none. Never kept, logged or emitted. */
  credential: () => Promise<string | null>
  /** Ends everything: no timer, socket or listener may be left after it. */
  signal: AbortSignal
}

/** An intent worth reading again. */
export interface TrackedIntent {
  /** Console id, the cursor of `openIntents`. */
  id: string
  /** The names under which its system may know it, newest first. */
  aliases: { kind: string; value: string }[]
  status: string
  lastHeardAtMs: number
}

/** A gap that has just ended. The connection reads every open intent again and then says so. */
export interface GapToRepair {
  fromMs: number
  untilMs: number
  /** To be called once, when all have been read (or could not be). */
  repaired: (outcome: { readCount: number; failedCount: number }) => void
}

/** A running connection. */
export interface Link {
  /** Gives up waiting and tries at once. */
  reconnectNow: () => void
  /**
   * Reads one intent again; the answer arrives as an event of origin `poll`. Resolves once all that this reading asks for was read, with
   * whether the system knows this id. Fails with `Failure`.
   */
  reread: (id: string) => Promise<boolean>
  /**
   * Sends the request of a command once, with the credential, and never again by itself. Does not fail: what is not known to
   * have stayed here counts as `lost`. Absent where a system takes no command.
   */
  send?: (request: CommandRequest, signal: AbortSignal) => Promise<Sent>
  /**
   * Whether the request of a command could show who sends it: asked before a command is shown and again before it is sent, so that
   * nothing is begun which cannot leave this machine. May sign in. Absent where a credential that can be read is good enough.
   */
  canShowCredential?: (request: CommandRequest) => Promise<Verdict>
  /** Follows an id from now on. */
  watch: (id: string) => void
  unwatch: (id: string) => void
  /** Resolves when everything is closed. */
  closed: Promise<void>
}
