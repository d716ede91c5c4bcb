import { liveOf, type Desk } from '../desk.ts'
import type { ContractImplementer } from './implementer.ts'

/** Answers `actions`. What does anything goes to the live half of the desk, which a reader has not. */
export function actionHandlers(os: ContractImplementer, desk: Desk) {
  const actions = () => liveOf(desk).actions
  return {
    offered: os.actions.offered.handler(({ input }) => actions().offered(input)),
    read: os.actions.read.handler(({ input }) => actions().read(input)),
    prepare: os.actions.prepare.handler(({ input }) => actions().prepare(input)),
    approvalRequest: os.actions.approvalRequest.handler(({ input }) =>
      actions().approvalRequest(input.draft),
    ),
    approver: os.actions.approver.handler(({ input }) => actions().approver(input.draft, input.approval)),
    give: os.actions.give.handler(({ input: { draft, ...consent } }) => actions().give(draft, consent)),
    next: os.actions.next.handler(async ({ input, signal }) => {
      const { since, waitMs, ...filter } = input
      await desk.feeds.actions.next({ since, waitMs, signal })
      // Taken first: what is recorded while the store is asked is news for the next call.
      const version = desk.feeds.actions.version()
      const planned = desk.live?.actions.planned()
      const [found, head] = await Promise.all([desk.store.actions(filter), desk.store.actionsHead()])
      return {
        version,
        actions: found.map((action) => ({
          ...action,
          nextReadAtMs: action.state === 'unknown' ? (planned?.get(action.id) ?? null) : null,
        })),
        openCount: head.openCount,
        lateCount: head.lateCount,
      }
    }),
    steps: os.actions.steps.handler(async ({ input }) => {
      const steps = await desk.store.actionSteps(input)
      return { steps, lastSeq: (await desk.store.actionsHead()).lastSeq }
    }),
    resolve: os.actions.resolve.handler(({ input }) => actions().resolve(input)),
    unlock: os.actions.unlock.handler(({ input }) => actions().unlock(input)),
    lock: os.actions.lock.handler(() => actions().lock()),
    bulkPrepare: os.actions.bulkPrepare.handler(({ input }) => actions().bulks.prepare(input)),
    bulkGive: os.actions.bulkGive.handler(({ input: { bulk, ...consent } }) =>
      actions().bulks.give(bulk, consent),
    ),
    bulkNext: os.actions.bulkNext.handler(({ input, signal }) => actions().bulks.next({ ...input, signal })),
    bulkStop: os.actions.bulkStop.handler(({ input }) => actions().bulks.stop(input.bulk)),
  }
}
