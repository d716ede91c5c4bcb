import { upstreams } from '../../upstreams/index.ts'
import type { Desk } from '../desk.ts'
import type { ContractImplementer } from './implementer.ts'

/** Answers `status`. */
export function statusHandlers(os: ContractImplementer, desk: Desk) {
  return {
    next: os.status.next.handler(async ({ input, signal }) => {
      await desk.feeds.news.next({ ...input, signal })
      return desk.status()
    }),
    systems: os.status.systems.handler(() =>
      upstreams.map(({ system, label, vocabulary }) => ({ system, label, vocabulary })),
    ),
  }
}
