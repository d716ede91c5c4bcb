import type { Command, Given } from '../command.ts'
import { judgeByStatus } from './judgement.ts'
import { orderHashOf } from './limitOrder.ts'
import type { SignedOrder } from './signedOrder.ts'

/**
 * How long an order whose submission got no answer is looked for, milliseconds: the longest preset of an auction, after which
 * nobody would offer what was signed.
 */
const LOOKED_FOR_MS = 10 * 60_000

/** What handing a signed order to a relayer is in both systems; `chainOf` names the chain that the order was signed for. */
export function orderSubmission<Input extends SignedOrder, Settings>(
  chainOf: (given: Given<Input, Settings>) => number,
) {
  const hashOf = (given: Given<Input, Settings>): string => orderHashOf(given.input.order, chainOf(given))
  return {
    name: 'submitSignedOrder',
    words: 'Submit signed order',
    effect: 'changes',
    kind: 'submitOrder',
    isIntentNeeded: false,
    movesMoney: true,
    subject: hashOf,
    repeats:
      'Nothing is promised about repeats. An order’s hash is its only name, and its chain fills it once.',
    judge: (answer, given) => {
      const judged = judgeByStatus(answer)
      return judged.outcome === 'accepted'
        ? { ...judged, follow: { kind: 'orderHash', value: hashOf(given) } }
        : judged
    },
    isAnswerShownWhole: false,
    // An order that was taken is found under its hash; the API answers 404 for one that it does not have.
    trace: {
      marks: (given) => ({ orderHash: hashOf(given) }),
      readId: hashOf,
      seen: (intent) =>
        intent === null || (intent.isNotFound && intent.status === '') ? 'absent' : 'applied',
      isAbsenceProof: true,
      windowMs: LOOKED_FOR_MS,
    },
  } satisfies Partial<Command<Input, Settings>>
}
