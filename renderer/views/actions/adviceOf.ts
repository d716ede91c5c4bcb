import type { ActionStep } from '../../../shared/api/action.ts'

/** What may be done now about an action, as its last outcome says; null where that is over or needs nothing. */
export function adviceOf(steps: readonly Pick<ActionStep, 'kind' | 'advice'>[]): string | null {
  // A reading that finds nothing out leaves the outcome, and what to do about it, as it was.
  return steps.findLast(({ kind }) => kind !== 'read')?.advice ?? null
}
