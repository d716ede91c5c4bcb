import { Failure } from '../../../../shared/api/failure.ts'
import type { Intent } from '../../../../shared/intent/intent.ts'
import { quoteCommand } from '../../kit/quoteCommand.ts'
import { met, ofIntent, unmet } from '../../kit/verdict.ts'
import type { FusionPlusSettings } from '../index.ts'
import { quoteUrlOf } from './endPoints.ts'

/** Asks what is offered now for what an order swaps. Source of the query: @1inch/cross-chain-sdk, `QuoterRequest.build`. */
export const quote = quoteCommand<FusionPlusSettings>({
  preconditions: [
    ofIntent('both chains known', ({ intent }) =>
      chainsOf(intent) === null ? unmet('The chains are not known; read the intent again.') : met(),
    ),
  ],
  url: quoteUrlOf,
  query: ({ maker, sell, buy, amountRaw }, { intent }) => {
    const chains = intent === null ? null : chainsOf(intent)
    if (chains === null)
      throw new Failure('usage', 'There is nothing to ask a quote for: the chains are not known.', {
        tip: 'Name an intent that was read.',
      })
    return {
      ...chains,
      srcTokenAddress: sell,
      dstTokenAddress: buy,
      amount: amountRaw,
      walletAddress: maker,
    }
  },
  presetField: 'recommendedPreset',
})

function chainsOf({ source, destination }: Intent): { srcChain: string; dstChain: string } | null {
  return source.chainId === null || destination.chainId === null
    ? null
    : { srcChain: String(source.chainId), dstChain: String(destination.chainId) }
}
