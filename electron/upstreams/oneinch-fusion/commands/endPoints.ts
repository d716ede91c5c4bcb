import type { About, Condition } from '../../command.ts'
import { met, unmet } from '../../kit/verdict.ts'
import { chainOfFeed, feedOf } from '../feed.ts'
import type { OneinchFusionSettings } from '../index.ts'

type Known = About<OneinchFusionSettings>

/** Version of the relayer and of the quoter. Source: @1inch/fusion-sdk 2.4.15, `RelayerApi.Version`, `QuoterApi.Version`. */
const VERSION = 'v2.0'

/** Stands for the chain of a feed that names none, which no order is ever signed for. */
const NO_CHAIN = 0

/** The chain whose orders this connection is about, in 1inch's numbers. */
export function chainOf({ connection }: Known): number {
  return chainOfFeed(feedOf(connection).name) ?? NO_CHAIN
}

/** Where a signed order is submitted. */
export function submitUrlOf(known: Known): string {
  return `${baseOf(known)}/relayer/${VERSION}/${chainOf(known)}/order/submit`
}

/** Where a quote is asked for, but for its query. */
export function quoteUrlOf(known: Known): string {
  return `${baseOf(known)}/quoter/${VERSION}/${chainOf(known)}/quote/receive/`
}

/** Orders on Solana are made by a transaction of their maker: neither relayer nor quoter of this API serves them. */
export const onEvmChain: Condition<Known> = {
  name: 'chain served by the relayer',
  check: ({ connection }) =>
    feedOf(connection).ordersPath === null
      ? unmet('This connection watches Fusion on Solana, where orders are made on the chain itself.')
      : met(),
}

function baseOf({ connection }: Known): string {
  return `${feedOf(connection).restBaseUrl}/fusion`
}
