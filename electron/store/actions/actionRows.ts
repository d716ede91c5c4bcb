import type { ActionRecord } from '../../../shared/api/action.ts'
import { comparableId } from '../../../shared/intent/ids.ts'
import { checkedText, withChecksum } from '../checkedText.ts'
import type { Db } from '../database.ts'
import { isOpenState } from './fold.ts'

/** A row of `actions`, by column. */
interface ActionRow {
  id: string
  first_seq: number
  connection: string
  command: string
  kind: string
  subject: string
  intent: string | null
  state: string
  is_open: number
  is_late: number
  opened_at_ms: number
  updated_at_ms: number
  body: string
}

/** The row of an action. Ids are compared without regard to how they are written, so that the lock holds for all ways. */
function rowOfAction(record: ActionRecord): ActionRow {
  return {
    id: record.id,
    first_seq: record.steps[0]?.seq ?? 0,
    connection: record.connection,
    command: record.command,
    kind: record.kind,
    subject: comparableId(record.subject),
    intent: record.intent,
    state: record.state,
    is_open: Number(isOpenState(record.state)),
    is_late: Number(record.isLate),
    opened_at_ms: record.openedAtMs,
    updated_at_ms: record.updatedAtMs,
    body: withChecksum(JSON.stringify(record)),
  }
}

/** The action that a body of `actions` holds; fails with `Damage` when it is not as it was written. */
export function actionOf(body: string): ActionRecord {
  return JSON.parse(checkedText(body)) as ActionRecord
}

/** Writes actions. To be used within a transaction of the caller. */
export class ActionRows {
  readonly #put

  constructor(db: Db) {
    this.#put = db.prepare<ActionRow>(
      `INSERT INTO actions VALUES (@id, @first_seq, @connection, @command, @kind, @subject, @intent, @state, @is_open,
         @is_late, @opened_at_ms, @updated_at_ms, @body)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, is_open = excluded.is_open, is_late = excluded.is_late,
         updated_at_ms = excluded.updated_at_ms, body = excluded.body`,
    )
  }

  /** Writes an action as it stands; fails when another one of its kind is open on its subject. */
  put(record: ActionRecord): void {
    this.#put.run(rowOfAction(record))
  }
}
