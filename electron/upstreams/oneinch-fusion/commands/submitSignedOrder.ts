import { z } from 'zod'
import type { Command } from '../../command.ts'
import { orderSubmission } from '../../kit/orderSubmission.ts'
import { bearerPost } from '../../kit/sendWithBearer.ts'
import { signedOrder, signedOrderFields } from '../../kit/signedOrder.ts'
import { signedOrderChecks } from '../../kit/signedOrderChecks.ts'
import { unfolded } from '../../kit/unfolded.ts'
import type { OneinchFusionSettings } from '../index.ts'
import { chainOf, onEvmChain, submitUrlOf } from './endPoints.ts'

/** The body as in the SDK's `RelayerRequestParams`, and what helps to check it. */
const input = z.strictObject(signedOrder)

type Input = z.infer<typeof input>

/** Hands an order that its maker has signed to the relayer, which offers it to resolvers. */
export const submitSignedOrder: Command<Input, OneinchFusionSettings> = {
  ...orderSubmission<Input, OneinchFusionSettings>(chainOf),
  fields: signedOrderFields('order, signature, quoteId, extension'),
  input: z.preprocess(unfolded('signedOrder'), input),
  preconditions: [onEvmChain],
  checks: signedOrderChecks(chainOf),
  request: (given) => {
    const { order, signature, quoteId, extension } = given.input
    return bearerPost(submitUrlOf(given), { order, signature, quoteId, extension })
  },
  expected:
    'The relayer checks the order and offers it to resolvers; from then on one of them may take the maker’s tokens at the auction’s price.',
  warning: 'A submitted order can be taken back only by its maker, with a transaction on the chain.',
}
