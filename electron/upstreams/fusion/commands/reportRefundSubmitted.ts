import { z } from 'zod'
import type { Command } from '../../command.ts'
import { segmentOf } from '../endPoint.ts'
import { SESSION_ADVICE } from './advice.ts'
import { notCompleted, sourceNotSpent, sourceOnMidnight, sourceTimelockExpired } from './conditions.ts'
import { sessionField, sessionId, txHash, txHashField } from './fields.ts'
import { judgeAdvised } from './judgements.ts'
import { intentIdOf, post } from './requests.ts'
import { transactionShown } from './traces.ts'

interface Input {
  refundSessionId: string
  txHash: string
}

/** Tells the backend of the refund transaction that the maker's wallet sent, so that it watches it. */
export const reportRefundSubmitted: Command<Input> = {
  name: 'reportRefundSubmitted',
  words: 'Report refund submitted',
  effect: 'changes',
  kind: 'refund',
  isIntentNeeded: true,
  movesMoney: false,
  fields: [sessionField('refundSessionId', 'Refund session'), txHashField('Hash of the refund transaction')],
  input: z.strictObject({ refundSessionId: sessionId, txHash }),
  preconditions: [sourceOnMidnight, sourceTimelockExpired, sourceNotSpent, notCompleted],
  checks: [],
  subject: intentIdOf,
  request: (given) => {
    const { refundSessionId, txHash: hash } = given.input
    const path = `/api/midnight/refund/sessions/${segmentOf(refundSessionId)}/submitted`
    return post(given, path, { intentId: intentIdOf(given), refundSessionId, txHash: hash })
  },
  expected:
    'The backend watches the transaction; once it is final, the intent shows the refund and the funds are back with the maker.',
  repeats: 'Nothing is promised about repeats: a second report may be refused or counted twice.',
  warning: 'It reports a transaction that was sent already, and sends none.',
  judge: (answer) => judgeAdvised(answer, SESSION_ADVICE),
  isAnswerShownWhole: false,
  trace: transactionShown,
}
