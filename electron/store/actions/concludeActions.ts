import type { ActionRecord, ActionStep } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Db } from '../database.ts'
import { ActionRows } from './actionRows.ts'
import { foldStep } from './fold.ts'
import { SELECT_STEPS, stepOf, type StepRow } from './stepRows.ts'

/**
 * Makes `actions` anew from the ledger. To be used within a transaction of the caller. Fails with `Damage` where a step is
 * not as it was written.
 */
export function concludeActions(db: Db): void {
  db.exec('DELETE FROM actions')
  const records = new Map<string, ActionRecord>()
  for (const row of db.prepare<[], StepRow>(`${SELECT_STEPS} WHERE action <> '' ORDER BY seq`).iterate()) {
    const step = stepOf(row)
    const record = afterStep(records.get(step.action) ?? null, step)
    if (record !== null) records.set(step.action, record)
  }
  const rows = new ActionRows(db)
  for (const record of records.values()) rows.put(record)
}

/**
 * Where a salvage lost a step, those after it may lead nowhere: the action stays as it stood. One that stood open stays
 * open, and a person settles it.
 */
function afterStep(record: ActionRecord | null, step: ActionStep): ActionRecord | null {
  try {
    return foldStep(record, step)
  } catch (error) {
    if (error instanceof Failure && error.code === 'internal') return record
    throw error
  }
}
