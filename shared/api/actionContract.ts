import { type as shape } from '@orpc/contract'
import { z } from 'zod'
import {
  ACTION_STATES,
  type ActAnswer,
  type ActionRecord,
  type ActionStep,
  type Approver,
  type Gate,
  type OfferedCommand,
  type Rehearsal,
} from './action.ts'
import type { Bulk } from './bulk.ts'
import { anyId, call, connection, waitMs } from './contractParts.ts'

const done = shape<{ isDone: true }>()
/** Why a person does something; kept with it. */
const reason = z.string().max(2_000)
/** The text of an approval file; one has some hundred characters. */
const approval = z.string().max(20_000)
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

/** What people write on an intent. */
export const notes = {
  /** Adds a note to an intent; it stands on its timeline and in every export. */
  add: call.input(z.object({ intent: anyId, text: z.string().trim().min(1).max(4_000) })).output(done),
  /** Adds a tag to an intent, or takes it away. */
  tag: call
    .input(z.object({ intent: anyId, tag: z.string().trim().min(1).max(60), isSet: z.boolean() }))
    .output(done),
  /** Keeps an intent out of Attention until an instant (epoch milliseconds; null: until its status changes), with a reason. */
  silence: call.input(z.object({ intent: anyId, untilMs: z.number().int().nullable(), reason })).output(done),
}

/** What operators have done outside. */
export const actions = {
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
  /** Whose approval a text is for a draft, before it is sent. Fails with `closed` and why where it does not hold for it now. */
  approver: call.input(z.object({ draft: z.string(), approval })).output(shape<Approver>()),
  /** Sends a draft once, if it is still what was confirmed. The same draft given twice answers with the same action. */
  give: call
    .input(
      z.object({
        draft: z.string(),
        ...consent,
        amount: z.string().max(100).optional(),
        approval: approval.nullable().default(null),
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
    .input(z.object({ minutes: z.number().int().min(1).max(60), reason: reason.min(1), confirm: z.string() }))
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
}
