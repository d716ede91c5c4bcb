import { implement } from '@orpc/server'
import { contract } from '../../../shared/api/contract.ts'
import { failureFor } from '../border.ts'
import type { Logger } from '../logger.ts'

/** The contract, ready for handlers; whatever one throws leaves as the contract's typed failure. */
export function implementContract(logger: Logger) {
  return implement(contract).use(async ({ next, errors }) => {
    try {
      return await next()
    } catch (reason) {
      const failure = failureFor(reason, logger)
      throw errors.FAILED({ message: failure.message, data: failure.toJSON() })
    }
  })
}

/** What `implementContract` makes. */
export type ContractImplementer = ReturnType<typeof implementContract>
