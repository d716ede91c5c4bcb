import { quoteCommand } from '../../kit/quoteCommand.ts'
import type { OneinchFusionSettings } from '../index.ts'
import { onEvmChain, quoteUrlOf } from './endPoints.ts'

/** Asks what is offered now for what an order swaps. Source of the query: @1inch/fusion-sdk 2.4.15, `QuoterRequest.build`. */
export const quote = quoteCommand<OneinchFusionSettings>({
  preconditions: [onEvmChain],
  url: quoteUrlOf,
  query: ({ maker, sell, buy, amountRaw }) => ({
    fromTokenAddress: sell,
    toTokenAddress: buy,
    amount: amountRaw,
    walletAddress: maker,
    surplus: 'true',
  }),
  presetField: 'recommended_preset',
})
