import { z } from 'zod'
import { Failure } from '../../../../shared/api/failure.ts'
import type { Intent } from '../../../../shared/intent/intent.ts'
import type { Command } from '../../command.ts'
import { judgeQuote, swapKnown, swapOf } from '../../kit/quoted.ts'
import { BEARER_HEADERS } from '../../kit/sendWithBearer.ts'
import { met, ofIntent, unmet } from '../../kit/verdict.ts'
import type { FusionPlusSettings } from '../index.ts'
import { orderHashOf } from './conditions.ts'
import { quoteUrlOf } from './endPoints.ts'

const input = z.strictObject({})

/** Asks what is offered now for what an order swaps. Source of the query: @1inch/cross-chain-sdk, `QuoterRequest.build`. */
export const quote: Command<z.infer<typeof input>, FusionPlusSettings> = {
  name: 'quote',
  words: 'Quote',
  effect: 'reads',
  kind: 'quote',
  isIntentNeeded: true,
  movesMoney: false,
  fields: [],
  input,
  preconditions: [
    ofIntent('both chains known', ({ intent }) =>
      chainsOf(intent) === null ? unmet('The chains are not known; read the intent again.') : met(),
    ),
    swapKnown,
  ],
  checks: [],
  subject: orderHashOf,
  request: (given) => {
    const { maker, sell, buy, amountRaw } = swapOf(given.intent)
    const chains = given.intent === null ? null : chainsOf(given.intent)
    if (chains === null)
      throw new Failure('usage', 'There is nothing to ask a quote for: the chains are not known.', {
        tip: 'Name an intent that was read.',
      })
    const query = new URLSearchParams({
      ...chains,
      srcTokenAddress: sell,
      dstTokenAddress: buy,
      amount: amountRaw,
      walletAddress: maker,
    })
    return {
      method: 'GET',
      url: `${quoteUrlOf(given)}?${query.toString()}`,
      body: null,
      secretHeaders: BEARER_HEADERS,
      secrets: [],
    }
  },
  expected:
    'The quoter answers with what resolvers would be offered now, to compare with what the order asks for.',
  repeats: 'It can be asked as often as the key’s rate limit allows; each answer is a new quote.',
  warning: '',
  judge: (answer, { intent }) => judgeQuote(answer, 'recommendedPreset', intent?.destination.amount ?? null),
  isAnswerShownWhole: true,
  trace: null,
}

function chainsOf({ source, destination }: Intent): { srcChain: string; dstChain: string } | null {
  return source.chainId === null || destination.chainId === null
    ? null
    : { srcChain: String(source.chainId), dstChain: String(destination.chainId) }
}
