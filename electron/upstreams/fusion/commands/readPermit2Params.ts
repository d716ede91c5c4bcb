import { z } from 'zod'
import type { Command } from '../../command.ts'
import { segmentOf } from '../endPoint.ts'
import { deadlineAhead, noSourceLockYet, sourceOnEvm } from './conditions.ts'
import { judgeAndKeep } from './judgements.ts'
import { get, intentIdOf } from './requests.ts'

/** Reads what the maker has to sign for Permit2. A GET that changes something: each reading may allocate a nonce. */
export const readPermit2Params: Command = {
  name: 'readPermit2Params',
  words: 'Read Permit2 parameters',
  effect: 'changes',
  kind: 'permit2Params',
  isIntentNeeded: true,
  movesMoney: false,
  fields: [],
  input: z.strictObject({}),
  preconditions: [sourceOnEvm, noSourceLockYet, deadlineAhead],
  checks: [],
  subject: intentIdOf,
  request: (given) => get(given, `/api/intents/${segmentOf(intentIdOf(given))}/permit2-params`),
  expected: 'The backend answers with what the maker’s wallet has to sign for Permit2.',
  repeats: 'One nonce is allocated per intent; whether a second reading allocates another is not promised.',
  warning:
    'This reading allocates a Permit2 nonce of the maker: read it once, and only when a permit is to be signed.',
  judge: (answer) => {
    const judged = judgeAndKeep(answer, ['nonce'])
    const { nonce } = judged.facts
    // The intent has a nonce of its own, which is another one.
    return nonce === undefined ? judged : { ...judged, facts: { permit2Nonce: nonce } }
  },
  isAnswerShownWhole: true,
  // No end point tells which nonces were allocated.
  trace: null,
}
