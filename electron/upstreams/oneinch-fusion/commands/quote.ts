import { z } from 'zod'
import { mainIdOf } from '../../../../shared/intent/mainId.ts'
import type { Command } from '../../command.ts'
import { judgeQuote, swapKnown, swapOf } from '../../kit/quoted.ts'
import { BEARER_HEADERS } from '../../kit/sendWithBearer.ts'
import type { OneinchFusionSettings } from '../index.ts'
import { onEvmChain, quoteUrlOf } from './endPoints.ts'

const input = z.strictObject({})

/** Asks what is offered now for what an order swaps. Source of the query: @1inch/fusion-sdk 2.4.15, `QuoterRequest.build`. */
export const quote: Command<z.infer<typeof input>, OneinchFusionSettings> = {
  name: 'quote',
  words: 'Quote',
  effect: 'reads',
  kind: 'quote',
  isIntentNeeded: true,
  movesMoney: false,
  fields: [],
  input,
  preconditions: [onEvmChain, swapKnown],
  checks: [],
  subject: ({ intent }) => (intent === null ? '' : mainIdOf(intent)),
  request: (given) => {
    const { maker, sell, buy, amountRaw } = swapOf(given.intent)
    const query = new URLSearchParams({
      fromTokenAddress: sell,
      toTokenAddress: buy,
      amount: amountRaw,
      walletAddress: maker,
      surplus: 'true',
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
  judge: (answer, { intent }) => judgeQuote(answer, 'recommended_preset', intent?.destination.amount ?? null),
  isAnswerShownWhole: true,
  trace: null,
}
