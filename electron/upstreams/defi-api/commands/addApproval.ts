import { z } from 'zod'
import { mainIdOf } from '../../../../shared/intent/mainId.ts'
import type { Command } from '../../command.ts'
import { wholeJsonIn } from '../../kit/jsonField.ts'
import { isJsonObject } from '../../kit/shape.ts'
import type { DefiSettings } from '../index.ts'
import { CREATED_STATUS } from '../vocabulary.ts'
import { approvalInput, formOfSigned, kindAsAsked, signedByMaker, type ApprovalInput } from './approval.ts'
import { approvalAwaited, approvalDeadlineAhead, bodyDocumented } from './conditions.ts'
import { postApproval, type Known } from './endPoints.ts'
import { field } from './fields.ts'
import { judgeApproval } from './judgements.ts'

/** Beyond what proxies and queues keep a request for, milliseconds: an intent that still waits then was not approved. */
const LOOKED_FOR_MS = 10 * 60_000

/** Attaches what the maker has signed to an intent, from when on the resolver may move the maker's funds. */
export const addApproval: Command<ApprovalInput, DefiSettings> = {
  name: 'addApproval',
  words: 'Add approval',
  effect: 'changes',
  kind: 'approve',
  isIntentNeeded: true,
  movesMoney: true,
  fields: [
    {
      ...field('approval_type', 'Kind of approval', {
        kind: 'text',
        isRequired: true,
        hint: 'As the system asks for it: permit2, cosign, psbt or htlc.',
      }),
      prefill: ({ parts }) => parts['approval']?.['approval']?.['kind'] ?? null,
    },
    field('signed_data', 'What was signed', {
      kind: 'signed-file',
      isRequired: true,
      hint: 'What the maker’s wallet gave: a signature, a signed transaction, or a file of {"approval_type":"…","signed_data":…}.',
    }),
    field('typedData', 'Typed data that was signed', {
      kind: 'json',
      isRequired: false,
      hint: 'For Permit2: domain, types, primaryType and message. With it the signer is checked. It is not sent.',
    }),
  ],
  input: z.preprocess(unfolded, approvalInput),
  preconditions: [bodyDocumented, approvalAwaited, approvalDeadlineAhead],
  checks: [kindAsAsked, formOfSigned, signedByMaker],
  subject: intentOf,
  request: (given) => {
    const { approval_type, signed_data } = given.input
    return postApproval(given, intentOf(given), { approval_type, signed_data })
  },
  expected:
    'The status becomes “Approved”; once the resolver accepts it, the maker’s funds are brought into the source escrow.',
  repeats:
    'Whether the same signature can be sent again, and what a second approval does, is not documented.',
  warning: 'With it the resolver can move the maker’s funds into escrow.',
  judge: (answer, given) =>
    judgeApproval(answer, given, 'The approval is attached; the resolver checks it next.'),
  isAnswerShownWhole: false,
  trace: {
    marks: () => ({}),
    readId: intentOf,
    seen: (intent) => {
      if (intent === null || intent.status === '') return 'unclear'
      if (intent.status === CREATED_STATUS) return 'absent'
      // An intent may run out of time without any approval; all other words come after one.
      const isApproved = intent.stages.some(({ rank, status }) => (rank ?? 0) > 0 && status !== 'Expired')
      return isApproved ? 'applied' : 'unclear'
    },
    isAbsenceProof: true,
    windowMs: LOOKED_FOR_MS,
  },
}

function intentOf({ intent }: Known): string {
  return intent === null ? '' : mainIdOf(intent)
}

/** A file may hold kind and signature together, as they are posted. */
function unfolded(value: unknown): unknown {
  if (!isJsonObject(value)) return value
  const read = wholeJsonIn(value['signed_data'])
  if (isJsonObject(read) && Object.hasOwn(read, 'signed_data')) return { ...value, ...read }
  return isJsonObject(read) ? { ...value, signed_data: read } : value
}
