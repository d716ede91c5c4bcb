import type { Course } from './course.ts'
import type { Intent } from './intent.ts'

/** What an explanation is made from; the detail of an intent in the contract is one. */
export interface Explained extends Pick<
  Intent,
  | 'status'
  | 'phase'
  | 'isTerminal'
  | 'moneyAtRisk'
  | 'deadlines'
  | 'contradictions'
  | 'failures'
  | 'fundsLockedAtMs'
  | 'fundsReleasedAtMs'
  | 'isNotFound'
> {
  course?: Course
  row: Pick<Intent, 'phaseSinceMs' | 'isRemoved' | 'lastHeardAtMs'> & { hasGap: boolean }
}
