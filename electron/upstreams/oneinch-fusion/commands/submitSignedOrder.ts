import { z } from 'zod'
import type { Command, Given } from '../../command.ts'
import { judgeByStatus } from '../../kit/judgement.ts'
import { orderHashOf } from '../../kit/limitOrder.ts'
import { BEARER_HEADERS } from '../../kit/sendWithBearer.ts'
import { foundByHash, signedOrder, signedOrderFields } from '../../kit/signedOrder.ts'
import { signedOrderChecks } from '../../kit/signedOrderChecks.ts'
import { unfolded } from '../../kit/unfolded.ts'
import type { OneinchFusionSettings } from '../index.ts'
import { chainOf, onEvmChain, submitUrlOf } from './endPoints.ts'

/** The body as in the SDK's `RelayerRequestParams`, and what helps to check it. */
const input = z.strictObject(signedOrder)

type Input = z.infer<typeof input>

/** Hands an order that its maker has signed to the relayer, which offers it to resolvers. */
export const submitSignedOrder: Command<Input, OneinchFusionSettings> = {
  name: 'submitSignedOrder',
  words: 'Submit signed order',
  effect: 'changes',
  kind: 'submitOrder',
  isIntentNeeded: false,
  movesMoney: true,
  fields: signedOrderFields('order, signature, quoteId, extension'),
  input: z.preprocess(unfolded('signedOrder'), input),
  preconditions: [onEvmChain],
  checks: signedOrderChecks(chainOf),
  subject: hashOf,
  request: (given) => {
    const { order, signature, quoteId, extension } = given.input
    return {
      method: 'POST',
      url: submitUrlOf(given),
      body: JSON.stringify({ order, signature, quoteId, extension }),
      secretHeaders: BEARER_HEADERS,
      secrets: [],
    }
  },
  expected:
    'The relayer checks the order and offers it to resolvers; from then on one of them may take the maker’s tokens at the auction’s price.',
  repeats:
    'Nothing is promised about repeats. An order’s hash is its only name, and its chain fills it once.',
  warning: 'A submitted order can be taken back only by its maker, with a transaction on the chain.',
  judge: (answer, given) => {
    const judged = judgeByStatus(answer)
    return judged.outcome === 'accepted'
      ? { ...judged, follow: { kind: 'orderHash', value: hashOf(given) } }
      : judged
  },
  isAnswerShownWhole: false,
  trace: foundByHash(hashOf),
}

function hashOf(given: Given<Input, OneinchFusionSettings>): string {
  return orderHashOf(given.input.order, chainOf(given))
}
