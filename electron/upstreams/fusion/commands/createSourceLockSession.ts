import { z } from 'zod'
import type { Command } from '../../command.ts'
import { LOCK_SESSION_ADVICE } from './advice.ts'
import { deadlineAhead, noSourceLockYet, sourceLockAwaited, sourceOnMidnight } from './conditions.ts'
import { judgeAndKeep } from './judgements.ts'
import { intentIdOf, post } from './requests.ts'

/** Opens the session in which the maker's wallet deploys and locks the source funds on Midnight. */
export const createSourceLockSession: Command = {
  name: 'createSourceLockSession',
  words: 'Create source-lock session',
  effect: 'changes',
  kind: 'sourceLock',
  isIntentNeeded: true,
  movesMoney: false,
  fields: [],
  input: z.strictObject({}),
  preconditions: [sourceOnMidnight, sourceLockAwaited, noSourceLockYet, deadlineAhead],
  checks: [],
  subject: intentIdOf,
  request: (given) => post(given, '/api/midnight/source-lock/sessions', { intentId: intentIdOf(given) }),
  expected:
    'The backend opens a session and answers with its id; the maker’s wallet then deploys the contract and locks the funds.',
  repeats: 'Nothing is promised about repeats: a second request may open a second session.',
  warning: 'A session expires after a time that is not documented.',
  judge: (answer) => judgeAndKeep(answer, ['sessionId'], LOCK_SESSION_ADVICE),
  isAnswerShownWhole: true,
  // No end point reads a session, and nothing on the intent is known to name it.
  trace: null,
}
