import type { ActionRecord, ActionState, ActionStepKind } from '../../../shared/api/action.ts'
import type { Tone } from '../../parts/tone.ts'

/** How a state is shown: words and meaning. */
interface Shown {
  words: string
  tone: Tone
}

const STATES: Record<ActionState, Shown> = {
  sending: { words: 'Being sent', tone: 'moving' },
  unknown: { words: 'Not known', tone: 'waiting' },
  accepted: { words: 'Accepted', tone: 'done' },
  refused: { words: 'Refused', tone: 'failed' },
  notExecuted: { words: 'Not carried out', tone: 'plain' },
  declined: { words: 'Not sent', tone: 'plain' },
}

const STEPS: Record<ActionStepKind, string> = {
  declined: 'Not sent',
  sending: 'Kept on disk, then sent',
  accepted: 'Accepted',
  refused: 'Refused',
  unknown: 'Not known',
  read: 'Read to find out',
  notExecuted: 'Not carried out',
  appliedLate: 'Carried out after all',
  resolved: 'Settled by a person',
  unlocked: 'Unlocked',
  locked: 'Locked',
}

/** The outcome of an action in words; one that was carried out after it had been settled otherwise says so. */
export function outcomeOf({ state, isLate }: Pick<ActionRecord, 'state' | 'isLate'>): Shown {
  return isLate ? { words: 'Carried out late', tone: 'waiting' } : STATES[state]
}

/** A state in words, for a filter. */
export function stateWords(state: ActionState): string {
  return STATES[state].words
}

/** A step of the audit log in words. */
export function stepWords(kind: ActionStepKind): string {
  return STEPS[kind]
}
