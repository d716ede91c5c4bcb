import type { Course } from '../../../shared/intent/course.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { wordOf, type StatusWord } from '../../../shared/intent/vocabulary.ts'
import { CREATED_STATUS, DEPOSITED, defiVocabulary } from './vocabulary.ts'

/** Where an intent stands more closely than its word says: by its deadline before the deposit, by the deposit's time after. */
export function courseOf(intent: Intent): Course {
  const word = wordOf(defiVocabulary, intent.status)
  if (word === null) return []
  if (word.status === CREATED_STATUS) return beforeApproval(intent, word)
  return word.status === DEPOSITED ? afterDeposit(intent, word) : []
}

/** No approval can be added after the deadline: an intent that still waits for one then will not get it any more. */
function beforeApproval(intent: Intent, word: StatusWord): Course {
  const deadline = intent.deadlines.find(({ kind }) => kind === 'intentDeadline')
  if (deadline === undefined) return []
  const { label, meaning, nextActor, then, tell, normalWaitMs } = word
  const lateAtMs = normalWaitMs === null ? Infinity : intent.phaseSinceMs + normalWaitMs
  const overdueAtMs = Math.min(deadline.atMs, lateAtMs)
  const fromMs = intent.phaseSinceMs
  return [{ fromMs, byKind: deadline.kind, overdueAtMs, label, meaning, nextActor, then, tell }]
}

/**
 * What happens after the deposit is told by times only: waiting for the payout, or paid out and waiting for the system's
 * last word. Measured from the deposit's own time, which may lie long before it was first read.
 */
function afterDeposit(intent: Intent, word: StatusWord): Course {
  const swap = intent.parts['swap']?.['swap'] ?? {}
  const depositedAtMs = Number(swap['depositedAtMs'] ?? Number.NaN)
  if (!Number.isFinite(depositedAtMs)) return []
  const { label, meaning, nextActor, then, tell, normalWaitMs } = word
  const overdueAtMs = normalWaitMs === null ? null : depositedAtMs + normalWaitMs
  const words = { fromMs: depositedAtMs, byKind: null, overdueAtMs, label, meaning, nextActor, then, tell }
  const fulfilledAtMs = Number(swap['fulfilledAtMs'] ?? Number.NaN)
  if (!Number.isFinite(fulfilledAtMs)) return [words]
  return [
    {
      ...words,
      fromMs: fulfilledAtMs,
      label: 'Paid out, not finished',
      meaning: 'The system says when it fulfilled the swap, and its status has not followed yet.',
      then: 'The status becomes Finished; if it does not, compare the transaction of the payout with the chain.',
      tell: 'The payout has been sent, and we are waiting for its confirmation.',
    },
  ]
}
