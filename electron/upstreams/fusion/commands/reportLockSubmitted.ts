import { z } from 'zod'
import type { Command } from '../../command.ts'
import { segmentOf } from '../endPoint.ts'
import { SESSION_ADVICE } from './advice.ts'
import { noSourceLockYet, sourceLockAwaited, sourceOnMidnight } from './conditions.ts'
import { sessionField, sessionId, txHash, txHashField } from './fields.ts'
import { judgeAdvised } from './judgements.ts'
import { intentIdOf, post } from './requests.ts'
import { transactionShown } from './traces.ts'

interface Input {
  sessionId: string
  txHash: string
}

/** Tells the backend that the maker's wallet has sent the source lock; the deployment has to be reported before. */
export const reportLockSubmitted: Command<Input> = {
  name: 'reportLockSubmitted',
  words: 'Report lock submitted',
  effect: 'changes',
  kind: 'sourceLock',
  isIntentNeeded: true,
  movesMoney: false,
  fields: [sessionField('sessionId', 'Source-lock session'), txHashField('Hash of the lock')],
  input: z.strictObject({ sessionId, txHash }),
  preconditions: [sourceOnMidnight, sourceLockAwaited, noSourceLockYet],
  checks: [],
  subject: intentIdOf,
  request: (given) => {
    const path = `/api/midnight/source-lock/sessions/${segmentOf(given.input.sessionId)}/lock-submitted`
    return post(given, path, { intentId: intentIdOf(given), ...given.input })
  },
  expected: 'The backend watches the lock; once it is final, the intent shows it and goes on to “executing”.',
  repeats: 'Nothing is promised about repeats: a second report may be refused or counted twice.',
  warning: 'It reports a transaction that was sent already, and sends none.',
  judge: (answer) => judgeAdvised(answer, SESSION_ADVICE),
  isAnswerShownWhole: false,
  trace: transactionShown,
}
