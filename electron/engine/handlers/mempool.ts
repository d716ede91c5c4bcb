import type { Desk } from '../desk.ts'
import type { ContractImplementer } from './implementer.ts'

/** Answers `mempool`. */
export function mempoolHandlers(os: ContractImplementer, desk: Desk) {
  return {
    series: os.mempool.series.handler(({ input }) => desk.store.mempool(input)),
  }
}
