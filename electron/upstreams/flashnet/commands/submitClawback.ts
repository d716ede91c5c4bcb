import { z } from 'zod'
import type { Command } from '../../command.ts'
import { advised } from '../../kit/advice.ts'
import { unfolded } from '../../kit/unfolded.ts'
import type { FlashnetSettings } from '../index.ts'
import { CLAWBACK_ADVICE } from './advice.ts'
import {
  chainFits,
  contentNew,
  decoded,
  expiryFits,
  generationFits,
  notFinal,
  proofGeneration,
  signatureFits,
  transferOfIntent,
} from './conditions.ts'
import { alsoNamed, execute, judgeSubmission, ONCE, subjectOf } from './execute.ts'
import { publicKeyField } from './fields.ts'
import { clawedBack, signedBody, type SignedBody } from './signedBody.ts'

/** Gives a Spark transfer that no final submission used back to its sender, who has signed for it. */
export const submitClawback: Command<SignedBody, FlashnetSettings> = {
  name: 'submitClawback',
  words: 'Submit clawback',
  effect: 'changes',
  kind: 'submit',
  isIntentNeeded: false,
  movesMoney: true,
  fields: [
    {
      name: 'signedClawback',
      words: 'Signed clawback',
      kind: 'signed-file',
      isRequired: true,
      hint: 'The body for /api/v1/execute as JSON, whole: chainId, deposits as an empty list, clawback with sparkTxid, signature, expiresAt.',
      // Nothing of it is known; but with a prefill it is offered on the page of the submission that it is about.
      prefill: () => null,
    },
    publicKeyField,
  ],
  input: z.preprocess(
    unfolded('signedClawback'),
    signedBody.refine((body) => clawedBack(body) !== null, {
      path: ['clawback'],
      message: 'has to name the transfer to give back, as {"sparkTxid": …}',
    }),
  ),
  preconditions: [proofGeneration, notFinal],
  checks: [decoded, generationFits, transferOfIntent, chainFits, expiryFits, signatureFits, contentNew],
  subject: subjectOf,
  alsoNamed,
  isOnce: true,
  request: execute,
  expected:
    'The gateway takes the clawback as a submission of its own; once that is final, the transfer goes back to its first sender.',
  repeats: ONCE,
  warning:
    'Only the first sender of a transfer can claw it back. A rejection usually means that it is settled already, not “try again”.',
  judge: (answer, given) => {
    const judged = judgeSubmission(answer, given)
    if (judged.outcome !== 'refused') return judged
    const why = `${judged.why} A refused clawback usually means that the transfer is settled already.`
    return advised({ ...judged, why }, answer, CLAWBACK_ADVICE)
  },
  isAnswerShownWhole: false,
  // A submission is read by its submissionId alone, which only the answer names.
  trace: null,
}
