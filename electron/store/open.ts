import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { Failure, type FailureShape } from '../../shared/api/failure.ts'
import { HAND_OVER } from './handOver.ts'
import type { OpenOptions } from './localStore.ts'
import type { protocol } from './protocol.ts'
import type { Store } from './store.ts'
import { startThread, type Thread } from './thread.ts'

type Client = ContractRouterClient<typeof protocol>

/**
 * Opens a data folder in a database thread of its own. `workerUrl` is the file of `electron/worker.ts`, built or not.
 * Mode `read` works beside a running console and refuses what writes. Fails with `held` when another process writes to
 * the folder, `not-found` when there is nothing to read, `disk` when the data cannot be used.
 */
export async function openStore({ workerUrl, ...options }: OpenOptions & { workerUrl: URL }): Promise<Store> {
  const thread = startThread(workerUrl)
  const client = clientOf(thread)
  try {
    await client.open(options)
  } catch (error) {
    await thread.end()
    throw error
  }
  return storeOver(client, thread)
}

/** Errors of the other side come out as the failures that they were there. */
function clientOf(thread: Thread): Client {
  const link = new RPCLink({
    ...HAND_OVER,
    port: thread.port,
    interceptors: [
      async (call) => {
        const gone = await thread.gone()
        if (gone !== null) throw gone
        try {
          return await call.next()
        } catch (error) {
          throw (await thread.gone()) ?? failureOf(error)
        }
      },
    ],
  })
  return createORPCClient<Client>(link)
}

function failureOf(error: unknown): Failure {
  if (error instanceof ORPCError && error.code === 'FAILED') {
    const shape = error.data as FailureShape
    return new Failure(shape.code, shape.message, shape)
  }
  return new Failure(
    'internal',
    `The store did not answer: ${error instanceof Error ? error.message : String(error)}`,
  )
}

function storeOver(client: Client, thread: Thread): Store {
  return {
    head: () => client.head(),
    append: (batch) => client.append(batch),
    page: (ask) => client.page(ask),
    freeze: (ask) => client.freeze(ask),
    rows: (ask) => client.rows(ask),
    changes: (ask) => client.changes(ask),
    find: (ask) => client.find(ask),
    get: (ask) => client.get(ask),
    intent: (id) => client.intent(id),
    actions: (filter) => client.actions(filter),
    action: (id) => client.action(id),
    openActions: () => client.openActions(),
    actionSteps: (ask) => client.actionSteps(ask),
    actionsHead: () => client.actionsHead(),
    recordStep: (step) => client.recordStep(step),
    raw: (seq) => client.raw(seq),
    journal: (ask) => client.journal(ask),
    counts: (nowMs) => client.counts(nowMs),
    routes: (limit) => client.routes(limit),
    longestNormalWait: (nowMs) => client.longestNormalWait(nowMs),
    mempool: (ask) => client.mempool(ask),
    connections: (nowMs) => client.connections(nowMs),
    quarantine: (ask) => client.quarantine(ask),
    openIntents: (ask) => client.openIntents(ask),
    settings: () => client.settings(),
    setSettings: (changes) => client.setSettings(changes),
    watched: (connection) => client.watched(connection),
    watch: (ask) => client.watch(ask),
    incidents: () => client.incidents(),
    verify: () => client.verify(),
    rebuild: () => client.rebuild(),
    close: async () => {
      if ((await thread.gone()) !== null) return
      await client.close()
      await thread.end()
    },
  }
}
