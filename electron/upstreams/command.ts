import type { z } from 'zod'
import type { CommandEffect, CommandField, Precondition } from '../../shared/api/action.ts'
import type { Intent } from '../../shared/intent/intent.ts'
import type { Alias } from '../../shared/intent/ids.ts'
import type { TestSite } from './upstream.ts'

/**
 * One thing that an operator can have done in a system, one file each. All of it is pure but for the signatures that `checks`
 * recover: what is shown in the rehearsal is computed again before it is sent, and has to be the same.
 */
export interface Command<Input = unknown, Settings = unknown> {
  /** As on the command line: `prepareRefund`. */
  name: string
  /** In words, the name of its button: `Prepare refund`. */
  words: string
  effect: CommandEffect
  /** Commands of one kind on one thing exclude each other while one is not settled: `refund`. */
  kind: string
  /** Whether it may be given without an intent that is known here. */
  isIntentNeeded: boolean
  /** Whether funds may move because of it: such commands can be made to need a second person. */
  movesMoney: boolean
  fields: readonly CommandFieldMaker[]
  /** The command's own fields. Refuses unknown keys by name. */
  input: z.ZodType<Input>
  /** What has to hold of the intent and the clock, whatever is filled in. */
  preconditions: readonly Condition<About<Settings>>[]
  /** What has to hold of what was filled in: signer, chain, amount, deadline. */
  checks: readonly Condition<Given<Input, Settings>>[]
  /**
   * The id of what it is about, as its system writes it: the same for the same deed, whether or not an intent was named with it. Where
   * it is a name of the intent, all names of that one hold too.
   */
  subject: (given: Given<Input, Settings>) => string
  /** Other names of what it is about, which what was filled in tells (the transfers that a submission spends). */
  alsoNamed?: (given: Given<Input, Settings>) => readonly string[]
  /** Whether a thing can be done once at all: what was taken under one of its names is a repeat whatever else stands in it. */
  isOnce?: true
  /** The literal request; fails with `usage` when none can be made of the input. */
  request: (given: Given<Input, Settings>) => CommandRequest
  expected: string
  /** What the system promises about repeats, one sentence. */
  repeats: string
  warning: string
  /** Reads an answer; `judgeByStatus` of the kit where the HTTP status says it all. */
  judge: (answer: Answered, given: Given<Input, Settings>) => Judgement
  /**
   * Whether a person needs the answer whole (what a wallet has to sign, a proof of a deposit): it is shown once as it came and kept
   * redacted. Else it is redacted on the screen too.
   */
  isAnswerShownWhole: boolean
  /** How a reading of the intent shows that it was carried out; null where no reading ever can. */
  trace: Trace<Input, Settings> | null
}

/** A field of a form; what is known already depends on the intent. */
export type CommandFieldMaker = Omit<CommandField, 'prefill'> & {
  prefill?: (intent: Intent) => string | null
}

/** What a command can be judged by before anything is filled in. */
export interface About<Settings = unknown> extends Pick<TestSite<Settings>, 'connection'> {
  /** Null where none is known or needed. */
  intent: Intent | null
  /** The name under which its system answered for it just now; absent where it was not read. */
  knownAs?: string
  nowMs: number
}

/** … and after. */
export interface Given<Input = unknown, Settings = unknown> extends About<Settings> {
  input: Input
}

/** A named condition. Says why it is not met and, where it is a matter of time, when it will be. */
export interface Condition<Known> {
  name: string
  check: (known: Known) => Verdict | Promise<Verdict>
}

/** How a condition stands; `why` and `opensAtMs` default to nothing. */
export type Verdict = Pick<Precondition, 'state'> & Partial<Pick<Precondition, 'why' | 'opensAtMs'>>

/** A request as it goes over the wire, but for what shows the credential, which the link adds. */
export interface CommandRequest {
  method: 'GET' | 'POST'
  url: string
  /** JSON text, sent byte for byte; null when there is none. */
  body: string | null
  /** Names of headers that the link adds and nobody may see: shown as dots. */
  secretHeaders: readonly string[]
  /** Values within the body that must not be shown nor kept anywhere (a preimage). */
  secrets: readonly string[]
}

/** What came back. */
export interface Answered {
  httpStatus: number
  /** As it came, cut at 64 KiB. May hold secrets: the engine redacts it before it keeps it. */
  text: string
  atMs: number
  /** How long the system asks to wait before anything more is sent (`Retry-After`), milliseconds; absent where it does not say. */
  retryAfterMs?: number
}

/** What became of a request: answered, surely never sent, or sent (perhaps) without an answer. */
export type Sent =
  ({ kind: 'answered' } & Answered) | { kind: 'not-sent'; why: string } | { kind: 'lost'; why: string }

/** What an answer means. */
export interface Judgement {
  outcome: 'accepted' | 'refused' | 'unknown'
  /** One sentence in words. */
  why: string
  /** What an operator may do now, in words; null where nothing is to be done. */
  advice: string | null
  /** Harmless values of the answer worth keeping (`refundSessionId`); shown on the intent. */
  facts: Record<string, string>
  /** The name under which its system knows the intent from now on, so that it is followed; null when there is none new. */
  follow: Alias | null
}

/** How to find out what became of a request whose answer was lost. */
export interface Trace<Input = unknown, Settings = unknown> {
  /** What to look for, kept with the action: no secrets. */
  marks: (given: Given<Input, Settings>) => Record<string, string>
  /** The id to read; null when there is none. */
  readId: (given: Given<Input, Settings>) => string | null
  /**
   * What an intent, read after the request, says: `applied` it was carried out · `absent` no sign of it · `unclear` cannot be told.
   * `intent` is null when the system does not know it.
   */
  seen: (intent: Intent | null, marks: Record<string, string>) => 'applied' | 'absent' | 'unclear'
  /** Whether `absent` throughout the window proves that it was not carried out. */
  isAbsenceProof: boolean
  /** How long `absent` has to last, milliseconds: beyond the request's possible lifetime. */
  windowMs: number
}

/** Sets the types of a command's input and settings aside, so that it can stand in the list of its system: the engine reads both by their schemas first. */
export function declared<Input, Settings>(command: Command<Input, Settings>): Command {
  return command as unknown as Command
}
