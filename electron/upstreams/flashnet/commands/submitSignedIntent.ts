import { z } from 'zod'
import type { Command } from '../../command.ts'
import { unfolded } from '../../kit/unfolded.ts'
import type { FlashnetSettings } from '../index.ts'
import {
  amountsAboveZero,
  chainFits,
  contentNew,
  decoded,
  evmTransactionFits,
  expiryFits,
  generationFits,
  signatureFits,
  transfersDistinct,
} from './conditions.ts'
import { alsoNamed, execute, judgeSubmission, ONCE, subjectOf } from './execute.ts'
import { publicKeyField } from './fields.ts'
import { signedBody, type SignedBody } from './signedBody.ts'

/** Submits what a wallet has signed, as it stands in a file. */
export const submitSignedIntent: Command<SignedBody, FlashnetSettings> = {
  name: 'submitSignedIntent',
  words: 'Submit signed intent',
  effect: 'changes',
  kind: 'submit',
  isIntentNeeded: false,
  movesMoney: true,
  fields: [
    {
      name: 'signedIntent',
      words: 'Signed intent',
      kind: 'signed-file',
      isRequired: true,
      hint: 'The body for /api/v1/execute as JSON, whole: chainId, deposits, one of recipient, evmTransaction and clawback, signature, expiresAt, and nonce where the gateway wants one.',
    },
    publicKeyField,
  ],
  input: z.preprocess(unfolded('signedIntent'), signedBody),
  preconditions: [],
  checks: [
    decoded,
    generationFits,
    chainFits,
    expiryFits,
    signatureFits,
    contentNew,
    transfersDistinct,
    amountsAboveZero,
    evmTransactionFits,
  ],
  subject: subjectOf,
  alsoNamed,
  isOnce: true,
  request: execute,
  expected: 'The gateway takes the submission, waits for its deposits and carries it out before it expires.',
  repeats: ONCE,
  warning:
    'The gateway takes the signer from the token: what another key has signed than the one this connection signs in with is refused.',
  judge: judgeSubmission,
  isAnswerShownWhole: false,
  // A submission is read by its submissionId alone, which only the answer names.
  trace: null,
}
