import { z } from 'zod'
import type { Command, Given } from '../../command.ts'
import { hexBytes } from '../../kit/limitOrder.ts'
import { orderSubmission } from '../../kit/orderSubmission.ts'
import { bearerPost } from '../../kit/sendWithBearer.ts'
import { signedOrder, signedOrderFields } from '../../kit/signedOrder.ts'
import { signedOrderChecks } from '../../kit/signedOrderChecks.ts'
import { unfolded } from '../../kit/unfolded.ts'
import type { FusionPlusSettings } from '../index.ts'
import { SOLANA } from '../order.ts'
import { relayerUrlOf } from './endPoints.ts'
import { hashesFit } from './hashesFit.ts'

/** Most secrets of one order: its hashlock keeps their number in 16 bits. */
const MOST_SECRETS = 65_536

const secretHash = hexBytes.length(66, 'has to be the hash of a secret: 0x and 64 hex digits')

/** The body as in the SDK's `RelayerRequestEvm`, and what helps to check it. */
const input = z.strictObject({
  ...signedOrder,
  srcChainId: z.coerce
    .number({ error: 'has to be a chain id in digits' })
    .int('has to be a whole number')
    .positive('has to be above 0')
    .refine(
      (chain) => chain !== SOLANA,
      'is Solana: such an order is made on the chain by its maker, and this takes orders of EVM chains',
    ),
  secretHashes: z.array(secretHash).min(1).max(MOST_SECRETS).optional(),
})

type Input = z.infer<typeof input>

/** Hands a cross-chain order that its maker has signed to the relayer, which offers it to resolvers. */
export const submitSignedOrder: Command<Input, FusionPlusSettings> = {
  ...orderSubmission<Input, FusionPlusSettings>(chainOf),
  fields: signedOrderFields('order, signature, quoteId, extension, srcChainId and, of several, secretHashes'),
  input: z.preprocess(unfolded('signedOrder'), input),
  preconditions: [],
  checks: [...signedOrderChecks<Input, FusionPlusSettings>(chainOf), hashesFit],
  request: (given) => {
    const { order, signature, quoteId, extension, srcChainId, secretHashes } = given.input
    // Without several secrets the SDK leaves their hashes out: the hashlock in the extension is the one.
    const body = { order, signature, quoteId, extension, srcChainId, secretHashes }
    return bearerPost(`${relayerUrlOf(given)}/submit`, body)
  },
  expected:
    'The relayer checks the order and offers it to resolvers; one of them may then lock the maker’s tokens in a source escrow.',
  warning:
    'Somebody has to keep the order’s secrets and give each one when its fill is ready: without that the funds come back only after the timelocks.',
}

function chainOf({ input: { srcChainId } }: Given<Input, FusionPlusSettings>): number {
  return srcChainId
}
