import type { Course, Situation } from '../../../shared/intent/course.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { wordOf, type WordsOfStatus } from '../../../shared/intent/vocabulary.ts'
import type { Cause } from './statusMessage.ts'
import { flashnetVocabulary, isFailureWord } from './vocabulary.ts'

const CUSTODY =
  'Deposits stay in custody until their sender claws them back or uses them in another submission; the same content can never be submitted again.'

const TELL_FAILED =
  'Your request was not carried out. If you sent a deposit for it, it can be taken back or used again; we are checking.'

/** One word, `EXPIRED`, stands for all that came to nothing: what it means by its cause. */
const FAILURES: Record<Cause['kind'], WordsOfStatus> = {
  reverted: failed('Failed: the transaction reverted', 'The transaction ran and was undone by a contract.'),
  deposit: failed(
    'Failed: a deposit was not confirmed',
    'The gateway could not confirm a deposit that the submission spends.',
  ),
  admission: failed('Failed: not admitted', 'The gateway did not admit the submission.'),
  deadline: failed('Failed', 'The gateway gave the submission up before its deadline.'),
  other: failed('Failed', 'The gateway gave the submission up; its own words say why.'),
}

function failed(label: string, meaning: string): WordsOfStatus {
  return { label, meaning, nextActor: 'maker', then: CUSTODY, tell: TELL_FAILED }
}

/** Where a submission stands more closely than its word says: why it failed, and that its deadline has passed. */
export function course(intent: Intent): Course {
  if (isFailureWord(intent.status)) return intent.phase === 'failed' ? [failure(intent)] : []
  return intent.phase === 'open' ? waiting(intent) : []
}

function failure({ parts, phaseSinceMs }: Intent): Situation {
  const kind = parts['cause']?.['status']?.['kind'] ?? 'other'
  const words = Object.hasOwn(FAILURES, kind) ? FAILURES[kind as Cause['kind']] : FAILURES.other
  return { ...words, fromMs: phaseSinceMs, byKind: null, overdueAtMs: null }
}

/** The gateway sweeps up some time after the deadline, so that a submission may still be called accepted then. */
function waiting({ status, deadlines, phaseSinceMs }: Intent): Course {
  const word = wordOf(flashnetVocabulary, status)
  const deadline = deadlines.find(({ kind }) => kind === 'intentDeadline')
  if (word === null || deadline === undefined) return []
  const { label, meaning, nextActor, then, tell } = word
  const byKind = deadline.kind
  const accepted = { label, meaning, nextActor, then, tell, byKind, fromMs: phaseSinceMs }
  const late: Situation = {
    label: 'Accepted, and past its deadline',
    meaning:
      'The deadline passed while the submission was waiting; the gateway will not carry it out any more.',
    nextActor: 'gateway',
    then: 'The gateway calls it expired when it next sweeps up; deposits can be clawed back or used in another submission.',
    tell: 'Your request was not carried out in time. If you sent a deposit for it, it can be taken back or used again.',
    byKind: null,
    fromMs: Math.max(phaseSinceMs, deadline.atMs),
    overdueAtMs: deadline.atMs,
  }
  return [{ ...accepted, overdueAtMs: deadline.atMs }, late]
}
