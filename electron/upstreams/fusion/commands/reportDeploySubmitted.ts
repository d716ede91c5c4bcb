import { z } from 'zod'
import type { Command } from '../../command.ts'
import { segmentOf } from '../endPoint.ts'
import { SESSION_ADVICE } from './advice.ts'
import { noSourceLockYet, sourceLockAwaited, sourceOnMidnight } from './conditions.ts'
import { sessionField, sessionId, txHash, txHashField } from './fields.ts'
import { judgeAdvised } from './judgements.ts'
import { intentIdOf, post } from './requests.ts'
import { transactionShown } from './traces.ts'

const contractAddress = z
  .string({ error: 'has to be a text' })
  .trim()
  .regex(
    /^(?:0x)?(?:[0-9a-f]{2}){32,36}$/i,
    'has to be a Midnight contract address: 64 to 72 hex digits, with or without 0x',
  )

interface Input {
  sessionId: string
  txHash: string
  contractAddress: string
}

/** Tells the backend that the maker's wallet has sent the deployment of the lock's contract. */
export const reportDeploySubmitted: Command<Input> = {
  name: 'reportDeploySubmitted',
  words: 'Report deploy submitted',
  effect: 'changes',
  kind: 'sourceLock',
  isIntentNeeded: true,
  movesMoney: false,
  fields: [
    sessionField('sessionId', 'Source-lock session'),
    txHashField('Hash of the deployment'),
    {
      name: 'contractAddress',
      words: 'Address of the contract',
      kind: 'text',
      isRequired: true,
      hint: 'The address that the wallet shows for the deployed contract.',
    },
  ],
  input: z.strictObject({ sessionId, txHash, contractAddress }),
  preconditions: [sourceOnMidnight, sourceLockAwaited, noSourceLockYet],
  checks: [],
  subject: intentIdOf,
  request: (given) => {
    const path = `/api/midnight/source-lock/sessions/${segmentOf(given.input.sessionId)}/deploy-submitted`
    return post(given, path, { intentId: intentIdOf(given), ...given.input })
  },
  expected: 'The backend waits for the deployment to become final; then the lock itself can be reported.',
  repeats: 'Nothing is promised about repeats: a second report may be refused or counted twice.',
  warning: 'It reports a transaction that was sent already, and sends none.',
  judge: (answer) => judgeAdvised(answer, SESSION_ADVICE),
  isAnswerShownWhole: false,
  trace: transactionShown,
}
