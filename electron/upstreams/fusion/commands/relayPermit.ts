import { z } from 'zod'
import type { Command } from '../../command.ts'
import { jsonField } from '../../kit/jsonField.ts'
import { segmentOf } from '../endPoint.ts'
import { PERMIT_ADVICE } from './advice.ts'
import { deadlineAhead, isLocked, noSourceLockYet, proofVerified, sourceOnEvm } from './conditions.ts'
import { judgeAdvised } from './judgements.ts'
import {
  permit,
  permitAmount,
  permitChain,
  permitDeadlineAhead,
  permitSigner,
  type Permit,
} from './permit.ts'
import { intentIdOf, post } from './requests.ts'
import { typedData } from './typedData.ts'
import { LOOKED_FOR_MS } from './traces.ts'

/** Hands the backend the maker's signature for Permit2, so that it can lock the source. */
export const relayPermit: Command<Permit> = {
  name: 'relayPermit',
  words: 'Relay permit',
  effect: 'changes',
  kind: 'permit',
  isIntentNeeded: true,
  movesMoney: true,
  fields: [
    {
      name: 'signature',
      words: 'Permit signature',
      kind: 'signed-file',
      isRequired: true,
      hint: 'What the maker’s wallet gave for the Permit2 typed data: 0x and hex digits.',
    },
    {
      name: 'nonce',
      words: 'Permit nonce',
      kind: 'text',
      isRequired: false,
      hint: 'The nonce that was signed, decimal.',
      prefill: ({ details }) => details['permit2Nonce'] ?? null,
    },
    {
      name: 'deadline',
      words: 'Permit deadline',
      kind: 'text',
      isRequired: false,
      hint: 'The deadline that was signed, unix seconds.',
    },
    {
      name: 'typedData',
      words: 'Typed data that was signed',
      kind: 'json',
      isRequired: false,
      hint: 'With it signer, chain, token and amount are checked. It is not sent.',
    },
  ],
  input: z.strictObject({ ...permit.shape, typedData: jsonField(typedData).optional() }),
  preconditions: [sourceOnEvm, proofVerified, noSourceLockYet, deadlineAhead],
  checks: [permitSigner, permitChain, permitAmount, permitDeadlineAhead],
  subject: intentIdOf,
  request: (given) => {
    const { typedData: _checked, ...fields } = given.input
    const path = `/api/intents/${segmentOf(intentIdOf(given))}/relay-permit`
    return post(given, path, { intentId: intentIdOf(given), ...fields })
  },
  expected:
    'The backend uses the permit to lock the maker’s source funds, and the intent goes on to “executing”.',
  repeats: 'Nothing is promised about repeats; Permit2 itself takes a nonce only once.',
  warning: 'It lets the backend’s contract take the amount that the permit names from the maker.',
  judge: (answer) => judgeAdvised(answer, PERMIT_ADVICE),
  isAnswerShownWhole: false,
  trace: {
    marks: () => ({}),
    readId: intentIdOf,
    // A source lock is what a permit is for; none of them says which permit it came from.
    seen: (intent) => (intent === null ? 'unclear' : isLocked(intent) ? 'applied' : 'absent'),
    isAbsenceProof: false,
    windowMs: LOOKED_FOR_MS,
  },
}
