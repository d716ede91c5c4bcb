import type { ActionHead, ActionRecord, ActionStep, NewActionStep } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import { isSameThing } from '../../../shared/api/sameThing.ts'
import type { Db } from '../database.ts'
import { Meta } from '../meta.ts'
import { ActionReader } from './actionReader.ts'
import { ActionRows } from './actionRows.ts'
import { foldStep } from './fold.ts'
import { LEDGER_START, rowOf, stepOf, type StepRow } from './stepRows.ts'

/** What a step became in the ledger. */
export interface Recorded {
  step: ActionStep
  /** The action as it stands now; null for a step of the profile. */
  record: ActionRecord | null
}

/** The append-only record of what operators had done outside. To be used within a transaction of the caller. */
export class Ledger {
  readonly #meta
  readonly #reader
  readonly #rows
  readonly #lastLink
  readonly #insert

  constructor(db: Db) {
    this.#meta = new Meta(db)
    this.#reader = new ActionReader(db)
    this.#rows = new ActionRows(db)
    this.#lastLink = db
      .prepare<[], Buffer | null>(
        `SELECT chain FROM (SELECT seq, chain FROM action_steps UNION ALL SELECT seq, chain FROM lost_steps)
         ORDER BY seq DESC LIMIT 1`,
      )
      .pluck()
    this.#insert = db.prepare<StepRow>(
      'INSERT INTO action_steps VALUES (@seq, @action, @kind, @atMs, @body, @chain)',
    )
  }

  /**
   * Adds a step and what its action comes to. Fails with `closed` when another action of its kind is open on the same
   * thing, with `internal` when no such step can follow.
   */
  append(step: NewActionStep): Recorded {
    refuseMisplaced(step)
    if (step.kind === 'sending' && step.head !== null) this.#refuseSecond(step.head)
    const seq = this.#meta.get('lastStep') + 1
    const row = rowOf(step, seq, this.#lastLink.get() ?? LEDGER_START)
    const placed = stepOf(row)
    const record = step.action === '' ? null : foldStep(this.#reader.find(step.action), placed)
    this.#insert.run(row)
    this.#meta.set('lastStep', seq)
    if (record !== null) this.#rows.put(record)
    return { step: placed, record }
  }

  /** The lock: of one kind there is one open action on one thing, whatever it is called. */
  #refuseSecond(head: ActionHead): void {
    const pending = this.#reader.open().find((action) => isSameThing(action, head))?.id
    if (pending === undefined) return
    throw new Failure(
      'closed',
      `“${head.words}” is not sent: an action of this kind on ${head.subject} has no known outcome yet.`,
      {
        tip: 'Wait until it is known what became of that one, or settle it with a reason on the screen Actions.',
        facts: { pending, subject: head.subject },
      },
    )
  }
}

/** Steps of the profile belong to no action, and all others to one. */
function refuseMisplaced({ action, kind }: NewActionStep): void {
  const isOfProfile = kind === 'unlocked' || kind === 'locked'
  if (isOfProfile === (action === '')) return
  throw new Failure('internal', `“${kind}” is ${isOfProfile ? 'a' : 'no'} step of the profile.`, {
    tip: 'This is a defect of the console; the ledger is as it was before.',
    facts: { action, step: kind },
  })
}
