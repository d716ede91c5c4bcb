import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '../../shared/api/contract.ts'
import { engineCarrier } from './engine.ts'

const link: ClientLink<ClientContext> = {
  async call(path, input, options) {
    const carrier = await engineCarrier(options.signal)
    return carrier.link.call(path, input, options)
  },
}

/** The engine, as the contract describes it. Any call may fail; `failureOf` says with what. */
export const client: ContractRouterClient<Contract> = createORPCClient(link)

/** The same calls as options for `useQuery` and `useMutation`. */
export const calls = createTanstackQueryUtils(client)
