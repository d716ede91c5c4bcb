import type { ActionStepKind } from './action.ts'

/** What a step did to its action, or to the profile, in words: after the command's own. */
export const STEP_WORDS: Readonly<Record<ActionStepKind, string>> = {
  declined: 'not sent',
  sending: 'being sent',
  accepted: 'accepted',
  refused: 'refused',
  unknown: 'outcome not known',
  read: 'looked for what became of it',
  notExecuted: 'not carried out',
  appliedLate: 'carried out after all',
  resolved: 'settled by a person',
  unlocked: 'unlocked',
  locked: 'locked',
}
