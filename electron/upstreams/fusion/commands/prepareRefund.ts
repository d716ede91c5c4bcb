import { z } from 'zod'
import type { Intent } from '../../../../shared/intent/intent.ts'
import type { Command } from '../../command.ts'
import { isMakersRefund } from '../refundWords.ts'
import { REFUND_ADVICE } from './advice.ts'
import {
  noRefundUnderWay,
  notCompleted,
  sourceLocked,
  sourceNotSpent,
  sourceOnMidnight,
  sourceTimelockExpired,
} from './conditions.ts'
import { judgeAndKeep } from './judgements.ts'
import { intentIdOf, post } from './requests.ts'
import { LOOKED_FOR_MS } from './traces.ts'

/** Opens a refund session for a source lock whose timelock is over. The maker's wallet does the rest. */
export const prepareRefund: Command = {
  name: 'prepareRefund',
  words: 'Prepare refund',
  effect: 'changes',
  kind: 'refund',
  isIntentNeeded: true,
  movesMoney: true,
  fields: [],
  input: z.strictObject({}),
  preconditions: [
    sourceOnMidnight,
    sourceLocked,
    sourceTimelockExpired,
    sourceNotSpent,
    notCompleted,
    noRefundUnderWay,
  ],
  checks: [],
  subject: intentIdOf,
  request: (given) => post(given, '/api/midnight/refund/prepare', { intentId: intentIdOf(given) }),
  expected:
    'The backend opens a refund session and answers with its id and what the maker’s wallet has to sign; no funds move until the maker has signed and sent it. Its hash is then given with “Report refund submitted”.',
  repeats: 'Nothing is promised about repeats: a second request may open a second session.',
  warning: 'The coordinator also refunds by itself, so that its own refund and this one may race.',
  judge: (answer) => judgeAndKeep(answer, ['refundSessionId'], REFUND_ADVICE),
  isAnswerShownWhole: true,
  trace: {
    marks: ({ intent }) => ({ sessionsBefore: intent === null ? '' : sessionsOf(intent).join(' ') }),
    readId: intentIdOf,
    seen: (intent, { sessionsBefore = '' }) => {
      if (intent === null) return 'unclear'
      const before = new Set(sessionsBefore.split(' '))
      return sessionsOf(intent).some((session) => !before.has(session)) ? 'applied' : 'absent'
    },
    isAbsenceProof: false,
    windowMs: LOOKED_FOR_MS,
  },
}

/** The refund sessions that an intent names. */
function sessionsOf({ details }: Intent): string[] {
  return Object.entries(details)
    .filter(([name]) => isMakersRefund(name) && /session/i.test(name))
    .map(([, text]) => text.replaceAll(/\s/g, ''))
}
