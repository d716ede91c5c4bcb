import { z } from 'zod'
import { comparableId } from '../../../../shared/intent/ids.ts'
import type { Command } from '../../command.ts'
import { jsonField } from '../../kit/jsonField.ts'
import { unfolded } from '../../kit/unfolded.ts'
import { SUBMIT_ADVICE } from './advice.ts'
import { judgeAndKeep } from './judgements.ts'
import { post } from './requests.ts'
import {
  amountsAboveZero,
  chainsServed,
  deadlineAheadOf,
  notKnownYet,
  recipientCanonical,
  senderCanonical,
  signedIntent,
  type SignedIntent,
} from './signedIntent.ts'
import { signatureFits } from './signature.ts'
import { signedDomain, structs, type Signing } from './typedData.ts'
import { LOOKED_FOR_MS } from './traces.ts'

type Input = SignedIntent & Signing

/** Submits an intent that a maker has signed, as it stands in a file. */
export const submitSignedIntent: Command<Input> = {
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
      hint: 'The body for /api/intents/submit as JSON: intentId, sender, chains, tokens, amounts, recipient, nonce, deadline, signature.',
    },
    {
      name: 'domain',
      words: 'EIP-712 domain',
      kind: 'json',
      isRequired: false,
      hint: 'The answer of “Get domain”; with it the signature of an EVM maker is checked. It is not sent.',
    },
    {
      name: 'types',
      words: 'EIP-712 types',
      kind: 'json',
      isRequired: false,
      hint: 'The types that the wallet signed; without them an order of the fields is assumed. They are not sent.',
    },
  ],
  // On the command line the fields of the contract stand beside each other; a form gives them in one file.
  input: z.preprocess(
    unfolded('signedIntent'),
    z.strictObject({
      ...signedIntent.shape,
      domain: jsonField(signedDomain).optional(),
      types: jsonField(structs).optional(),
    }),
  ),
  preconditions: [],
  checks: [
    chainsServed,
    senderCanonical,
    recipientCanonical,
    amountsAboveZero,
    deadlineAheadOf,
    signatureFits,
    notKnownYet,
  ],
  subject: ({ input }) => input.intentId,
  // The client chooses the id and does not sign it: what is the same intent under another id, its nonce tells.
  alsoNamed: ({ input: { sender, fromChain, nonce } }) => [
    `nonce ${BigInt(nonce).toString()} of ${comparableId(sender)} on chain ${fromChain}`,
  ],
  isOnce: true,
  request: (given) => post(given, '/api/intents/submit', signedIntent.parse(bodyOf(given.input))),
  expected: 'The backend checks the intent and takes it into its mempool, where a solver may match it.',
  repeats:
    'Nothing is promised about repeats; the nonce of the chain keeps one signature from being used twice.',
  warning: 'The contract may give the intent another id than the one submitted; the console follows both.',
  judge: (answer, { input }) => {
    const judged = judgeAndKeep(answer, [], SUBMIT_ADVICE)
    if (judged.outcome !== 'accepted') return judged
    const { facts } = judgeAndKeep(answer, ['intentId'])
    return { ...judged, facts, follow: { kind: 'intentId', value: facts['intentId'] ?? input.intentId } }
  },
  isAnswerShownWhole: false,
  trace: {
    marks: ({ input }) => ({ intentId: input.intentId }),
    readId: ({ input }) => input.intentId,
    seen: (intent) => {
      if (intent === null || intent.isNotFound) return 'absent'
      return intent.status === '' ? 'unclear' : 'applied'
    },
    // The contract gives the intent another id, by which alone the backend may know it; where the answer is lost, nothing names that one.
    isAbsenceProof: false,
    windowMs: LOOKED_FOR_MS,
  },
}

function bodyOf({ domain: _domain, types: _types, ...body }: Input): SignedIntent {
  return body
}
