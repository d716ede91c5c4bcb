import type { About } from '../../command.ts'
import { restUrlOf } from '../address.ts'
import type { FusionPlusSettings } from '../index.ts'

// The API's version stands behind the name of each of its services. Source: @1inch/cross-chain-sdk, `RelayerApi`, `QuoterApi`.

/** Where orders and secrets are submitted, without a slash at the end. */
export function relayerUrlOf({ connection }: About<FusionPlusSettings>): string {
  return `${restUrlOf(connection)}/relayer/${connection.settings.restVersion}`
}

/** Where a quote is asked for, but for its query. */
export function quoteUrlOf({ connection }: About<FusionPlusSettings>): string {
  return `${restUrlOf(connection)}/quoter/${connection.settings.restVersion}/quote/receive/`
}
