import { Failure } from '../../../shared/api/failure.ts'
import { liveOf, type Desk } from '../desk.ts'
import type { ContractImplementer } from './implementer.ts'

/** Answers `connections`. */
export function connectionHandlers(os: ContractImplementer, desk: Desk) {
  return {
    next: os.connections.next.handler(async ({ input, signal }) => {
      await desk.feeds.news.next({ ...input, signal })
      const version = desk.feeds.news.version()
      return { version, connections: await desk.summaries() }
    }),
    quarantine: os.connections.quarantine.handler(({ input }) =>
      desk.store.quarantine({ ...input, beforeSeq: input.beforeSeq ?? null }),
    ),
    reconnect: os.connections.reconnect.handler(({ input }) => {
      const link = liveOf(desk).connections.named(input.connection).link()
      if (link === null) throw notOpen(input.connection)
      link.reconnectNow()
      return { isAsked: true }
    }),
    test: os.connections.test.handler(({ input }) => {
      const { connections, tests } = liveOf(desk)
      return { test: tests.start(connections.named(input.connection)) }
    }),
    testNext: os.connections.testNext.handler(({ input, signal }) =>
      liveOf(desk).tests.next({ ...input, signal }),
    ),
    testCancel: os.connections.testCancel.handler(({ input }) => ({
      isCancelled: liveOf(desk).tests.cancel(input.test),
    })),
  }
}

/** What to say when a link is needed and the connection has none. */
export function notOpen(connection: string): Failure {
  return new Failure('closed', `The connection “${connection}” is stopped.`, {
    tip: 'Its card on Connections says why.',
  })
}
