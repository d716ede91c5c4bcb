import type { ActionFilter, ActionRecord, ActionStep } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import { namesOfThing } from '../../../shared/api/sameThing.ts'
import type { Db } from '../database.ts'
import { Meta } from '../meta.ts'
import { actionOf } from './actionRows.ts'
import { SELECT_STEPS, stepOf, type StepRow } from './stepRows.ts'

/** What the columns of an action are asked for; null asks for anything. */
interface Asked {
  state: string | null
  command: string | null
  connection: string | null
  intent: string | null
  /** JSON list. */
  names: string
}

/** Reads actions and the ledger that they come from. Fails with `Damage` where something is not as it was written. */
export class ActionReader {
  readonly #meta
  readonly #matching
  readonly #ofIntent
  readonly #named
  readonly #one
  readonly #open
  readonly #steps
  readonly #counts

  constructor(db: Db) {
    this.#meta = new Meta(db)
    const matching = (where: string) =>
      db
        .prepare<[Asked], string>(
          `SELECT body FROM actions WHERE ${where} AND (@state IS NULL OR state = @state)
             AND (@command IS NULL OR command = @command) AND (@connection IS NULL OR connection = @connection)
           ORDER BY is_open | is_late DESC, first_seq DESC`,
        )
        .pluck()
    this.#matching = matching('@intent IS NULL')
    this.#ofIntent = matching('intent = @intent')
    // Most rows are passed over here, unread: a command over many looks each of them up among thousands.
    this.#named = matching(`(subject IN (SELECT value FROM json_each(@names))
      OR EXISTS (SELECT 1 FROM json_each(@names) WHERE instr(body, json_quote(value)) > 0))`)
    this.#one = db.prepare<[string], string>('SELECT body FROM actions WHERE id = ?').pluck()
    this.#open = db
      .prepare<[], string>('SELECT body FROM actions WHERE is_open = 1 ORDER BY first_seq')
      .pluck()
    this.#steps = db.prepare<[number, number], StepRow>(`${SELECT_STEPS} WHERE seq > ? ORDER BY seq LIMIT ?`)
    this.#counts = db.prepare<[], { openCount: number; lateCount: number }>(
      `SELECT (SELECT count(*) FROM actions WHERE is_open = 1) AS openCount,
              (SELECT count(*) FROM actions WHERE is_late = 1) AS lateCount`,
    )
  }

  /** Actions that match: those that a person has to know of on top (open, late), then the newest first. */
  list(filter: ActionFilter): ActionRecord[] {
    const { state = null, command = null, connection = null, intent = null, names, text, limit } = filter
    const needle = text?.trim().toLowerCase() ?? ''
    const found: ActionRecord[] = []
    const matching = names !== undefined ? this.#named : intent === null ? this.#matching : this.#ofIntent
    const asked = { state, command, connection, intent, names: JSON.stringify(names ?? []) }
    for (const body of matching.iterate(asked)) {
      const record = actionOf(body)
      if (names !== undefined && !namesOfThing(record).some((name) => names.includes(name))) continue
      if (intent !== null && record.intent !== intent) continue
      if (needle !== '' && !carries(record, needle)) continue
      if (found.push(record) === limit) break
    }
    return found
  }

  /** Fails with `not-found`. */
  one(id: string): ActionRecord {
    const record = this.find(id)
    if (record !== null) return record
    throw new Failure('not-found', `There is no action ${id}.`, {
      tip: 'The screen Actions and `intent-console audit` list them all.',
      facts: { action: id },
    })
  }

  /** Null when there is none. */
  find(id: string): ActionRecord | null {
    const body = this.#one.get(id)
    return body === undefined ? null : actionOf(body)
  }

  /** Every action whose outcome is not known, oldest first. */
  open(): ActionRecord[] {
    return this.#open.all().map(actionOf)
  }

  /** Steps after a place in the ledger, oldest first. */
  steps({ after, limit }: { after: number; limit: number }): ActionStep[] {
    return this.#steps.all(after, limit).map(stepOf)
  }

  /** Which ledger it is, the last place that was given in it, and how many actions a person has to know of. */
  head(): { ledger: number; lastSeq: number; openCount: number; lateCount: number } {
    const counts = this.#counts.get() ?? { openCount: 0, lateCount: 0 }
    return { ledger: this.#meta.get('ledger'), lastSeq: this.#meta.get('lastStep'), ...counts }
  }
}

/** Whether any text within a value carries the needle, which is in lower case. */
function carries(value: unknown, needle: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(needle)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some((inner) => carries(inner, needle))
}
