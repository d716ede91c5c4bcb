import type { MessagePort } from 'node:worker_threads'
import { implement, ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { Custody } from './custody.ts'
import { asFailure } from './failures.ts'
import { HAND_OVER } from './handOver.ts'
import { Idler } from './idler.ts'
import type { LocalStore } from './localStore.ts'
import { protocol } from './protocol.ts'
import type { Register } from './register.ts'

/** Serves a store over a port, the other end of `openStore`. The thread ends when the port is closed. */
export function serveStore(port: MessagePort, register: Register): void {
  const custody = new Custody(register)
  const idler = new Idler({
    slice: () => custody.idle(),
    isPressing: () => custody.isPressing(),
    failed: (error) => {
      custody.failed(error)
      warn(error)
    },
  })
  const use = (): LocalStore => {
    // First, since it may meet damage, after which the store is another one.
    idler.called()
    return custody.use()
  }
  const close = (): void => {
    idler.stop()
    custody.close()
  }
  const os = implement(protocol)
  const router = os.router({
    open: os.open.handler(({ input }) => {
      custody.open(input)
      idler.called()
      return null
    }),
    close: os.close.handler(close),
    head: os.head.handler(() => use().head()),
    append: os.append.handler(({ input }) => use().append(input)),
    page: os.page.handler(({ input }) => use().page(input)),
    freeze: os.freeze.handler(({ input }) => use().freeze(input)),
    rows: os.rows.handler(({ input }) => use().rows(input)),
    changes: os.changes.handler(({ input }) => use().changes(input)),
    find: os.find.handler(({ input }) => use().find(input)),
    get: os.get.handler(({ input }) => use().get(input)),
    intent: os.intent.handler(({ input }) => use().intent(input)),
    actions: os.actions.handler(({ input }) => use().actions(input)),
    action: os.action.handler(({ input }) => use().action(input)),
    openActions: os.openActions.handler(() => use().openActions()),
    actionSteps: os.actionSteps.handler(({ input }) => use().actionSteps(input)),
    actionsHead: os.actionsHead.handler(() => use().actionsHead()),
    recordStep: os.recordStep.handler(({ input }) => use().recordStep(input)),
    raw: os.raw.handler(({ input }) => use().raw(input)),
    journal: os.journal.handler(({ input }) => use().journal(input)),
    counts: os.counts.handler(({ input }) => use().counts(input)),
    routes: os.routes.handler(({ input }) => use().routes(input)),
    longestNormalWait: os.longestNormalWait.handler(({ input }) => use().longestNormalWait(input)),
    mempool: os.mempool.handler(({ input }) => use().mempool(input)),
    connections: os.connections.handler(({ input }) => use().connections(input)),
    quarantine: os.quarantine.handler(({ input }) => use().quarantine(input)),
    openIntents: os.openIntents.handler(({ input }) => use().openIntents(input)),
    settings: os.settings.handler(() => use().settings()),
    setSettings: os.setSettings.handler(({ input }) => use().setSettings(input)),
    watched: os.watched.handler(({ input }) => use().watched(input)),
    watch: os.watch.handler(({ input }) => use().watch(input)),
    incidents: os.incidents.handler(() => use().incidents()),
    verify: os.verify.handler(() => use().verify()),
    rebuild: os.rebuild.handler(() => use().rebuild()),
  })
  const handler = new RPCHandler(router, {
    ...HAND_OVER,
    clientInterceptors: [
      async (call) => {
        try {
          return await call.next()
        } catch (error) {
          custody.failed(error)
          const failure = asFailure(error)
          throw new ORPCError('FAILED', { message: failure.message, data: failure.toJSON() })
        }
      },
    ],
  })
  handler.upgrade(port)
  port.once('close', close)
  port.start()
}

/** Nothing that was acknowledged depends on it, and a disk that refuses is told by the next write too. */
function warn(error: unknown): void {
  process.emitWarning(`Work in a pause failed and will be tried again: ${asFailure(error).message}`)
}
