import type { Command, Given } from '../command.ts'
import { advised, type Advice } from './advice.ts'
import { judgeByStatus } from './judgement.ts'
import { orderHashOf } from './limitOrder.ts'
import { ONEINCH_ADVICE } from './oneinchAdvice.ts'
import type { SignedOrder } from './signedOrder.ts'

/**
 * How long an order whose submission got no answer is looked for, milliseconds: the longest preset of an auction, after which
 * nobody would offer what was signed.
 */
const LOOKED_FOR_MS = 10 * 60_000

/** A relayer says in its message what it did not take (`{statusCode, message, error}` or `description`). */
const SUBMIT_ADVICE: Advice = {
  ...ONEINCH_ADVICE,
  400: 'The message names what is wrong. What was signed cannot be changed: mend what stands beside it in the file, or have a new order signed from a new quote.',
}

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
    isOnce: true,
    repeats:
      'Nothing is promised about repeats. An order’s hash is its only name, and its chain fills it once.',
    judge: (answer, given) => {
      const judged = advised(judgeByStatus(answer), answer, SUBMIT_ADVICE)
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
