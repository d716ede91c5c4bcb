import { Failure } from '../../../shared/api/failure.ts'
import type { ActionHead, ActionRecord, ActionState, ActionStep } from '../../../shared/api/action.ts'

/**
 * An action after one more step; `record` is null before its first. Does not change its input. Fails with `internal` when
 * no such step can follow.
 */
export function foldStep(record: ActionRecord | null, step: ActionStep): ActionRecord {
  const state = stateAfter(record, step)
  if (state === null) throw impossible(record, step)
  if (record === null) return begin(headOf(step), state, step)
  if (step.head !== null) throw impossible(record, step)
  return {
    ...record,
    state,
    isLate: step.kind === 'appliedLate' || (record.isLate && step.kind !== 'resolved'),
    updatedAtMs: step.atMs,
    why: step.why,
    response: step.response ?? record.response,
    facts: { ...record.facts, ...step.facts },
    readCount: record.readCount + (step.kind === 'read' ? 1 : 0),
    steps: [...record.steps, step],
  }
}

/** Whether an action in this state holds the lock on its subject and kind. */
export function isOpenState(state: ActionState): boolean {
  return state === 'sending' || state === 'unknown'
}

/** Whether something new is to begin with a step, which a disk that is nearly full refuses. */
export function begins({ kind }: Pick<ActionStep, 'kind'>): boolean {
  return kind === 'sending' || kind === 'declined' || kind === 'unlocked'
}

function begin(head: ActionHead, state: ActionState, step: ActionStep): ActionRecord {
  const { action: id, atMs, who, host, why, response, facts } = step
  return {
    ...head,
    id,
    state,
    isLate: false,
    openedAtMs: atMs,
    updatedAtMs: atMs,
    who,
    host,
    why,
    response,
    facts,
    readCount: 0,
    nextReadAtMs: null,
    steps: [step],
  }
}

/** Where a step leads from where the action stands; null when it cannot be made there. */
function stateAfter(record: ActionRecord | null, step: ActionStep): ActionState | null {
  const { kind } = step
  switch (record?.state) {
    case undefined:
      return kind === 'sending' || kind === 'declined' ? kind : null
    case 'sending':
      return kind === 'accepted' || kind === 'refused' || kind === 'unknown' ? kind : null
    case 'unknown':
      if (kind === 'read') return 'unknown'
      if (kind === 'resolved') return resolvedState(step)
      return kind === 'accepted' || kind === 'refused' || kind === 'notExecuted' ? kind : null
    case 'notExecuted':
      return kind === 'appliedLate' ? 'accepted' : null
    case 'accepted':
      // A person has seen that it was carried out late.
      return record.isLate && kind === 'resolved' && isCarriedOut(step) ? 'accepted' : null
    case 'declined':
    case 'refused':
      return null
  }
}

function resolvedState(step: ActionStep): ActionState | null {
  const isCarried = isCarriedOut(step)
  return isCarried === null ? null : isCarried ? 'accepted' : 'notExecuted'
}

/** What the person who settled it says; null when that is neither. */
function isCarriedOut({ facts }: ActionStep): boolean | null {
  const said = facts['wasCarriedOut']
  return said === 'yes' ? true : said === 'no' ? false : null
}

function headOf(step: ActionStep): ActionHead {
  if (step.head === null) throw impossible(null, step)
  return step.head
}

function impossible(record: ActionRecord | null, { action, kind }: ActionStep): Failure {
  const state = record?.state ?? null
  const where = state === null ? 'begin' : `follow where it stands at “${state}”`
  return new Failure('internal', `The step “${kind}” of action ${action} cannot ${where}.`, {
    tip: 'This is a defect of the console; the ledger is as it was before.',
    facts: { action, step: kind, state },
  })
}
