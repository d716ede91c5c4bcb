import { Failure } from '../../../shared/api/failure.ts'
import type { IntentDetail } from '../../../shared/api/row.ts'
import type { Link } from '../../upstreams/upstream.ts'
import { systemClock } from '../../upstreams/kit/clock.ts'
import { liveOf, type Desk } from '../desk.ts'
import { readByName } from '../readByName.ts'
import { watchedIds, watchMany, watchOne } from '../watching.ts'
import { notOpen } from './connections.ts'
import type { ContractImplementer } from './implementer.ts'

/** Between two looks at one intent while others change: below what a person notices, above what looking costs. */
const LOOK_PACE_MS = 100

/** Most routes in one menu: more than that nobody reads, and the query takes any. */
const MOST_ROUTES = 100

/** Answers `intents`. */
export function intentHandlers(os: ContractImplementer, desk: Desk) {
  const { store, feeds, clock } = desk
  return {
    next: os.intents.next.handler(async ({ input, signal }) => {
      const { waitMs, ...ask } = input
      await feeds.changes.next({ since: ask.since, waitMs, signal })
      const batch = await store.page({ ...ask, nowMs: clock.nowMs() })
      feeds.changes.raise(batch.version)
      return batch
    }),
    freeze: os.intents.freeze.handler(({ input }) => store.freeze({ ...input, nowMs: clock.nowMs() })),
    rows: os.intents.rows.handler(({ input }) => store.rows({ ...input, nowMs: clock.nowMs() })),
    changes: os.intents.changes.handler(async ({ input, signal }) => {
      const { waitMs, ...ask } = input
      await feeds.changes.next({ since: ask.since, waitMs, signal })
      const changes = await store.changes({ ...ask, nowMs: clock.nowMs() })
      feeds.changes.raise(changes.version)
      return changes
    }),
    find: os.intents.find.handler(({ input }) => store.find({ ...input, nowMs: clock.nowMs() })),
    routes: os.intents.routes.handler(() => store.routes(MOST_ROUTES)),
    get: os.intents.get.handler(({ input, signal }) => intentAfter(desk, input, signal)),
    raw: os.intents.raw.handler(({ input }) => store.raw(input.seq)),
    reread: os.intents.reread.handler(async ({ input }) => {
      const live = liveOf(desk)
      const { connection, read } = await toRead(desk, input)
      const link = live.connections.named(connection).link()
      if (link === null) throw notOpen(connection)
      await read(link)
      return { isAsked: true }
    }),
    watch: os.intents.watch.handler(async ({ input }) => {
      const connection = liveOf(desk).connections.named(input.connection)
      const watched = await watchOne(desk, connection, input)
      await tellOfWatching(desk)
      return { watched: [...watched] }
    }),
    watchMany: os.intents.watchMany.handler(async ({ input }) => {
      const outcomes = await watchMany(desk, liveOf(desk).connections.named(input.connection), input.ids)
      await tellOfWatching(desk)
      return { outcomes }
    }),
    watchList: os.intents.watchList.handler(({ input }) =>
      watchedIds(desk, liveOf(desk).connections.named(input.connection)),
    ),
  }
}

/** How an intent is read: by its names where it is known, else by the id as it was given. */
async function toRead(
  { store, clock }: Desk,
  { id, connection }: { id: string; connection?: string | undefined },
): Promise<{ connection: string; read: (link: Link) => Promise<unknown> }> {
  try {
    const { intent } = await store.get({ id, nowMs: clock.nowMs() })
    if (connection === undefined || intent.connection === connection)
      return { connection: intent.connection, read: (link) => readByName(link, intent) }
  } catch (reason) {
    const isUnknown = reason instanceof Failure && reason.code === 'not-found'
    if (!isUnknown || connection === undefined) throw reason
  }
  const own = id.startsWith(`${connection}:`) ? id.slice(connection.length + 1) : id
  return { connection, read: (link) => link.reread(own) }
}

type GetAsk = { id: string; since: number; waitMs: number }

/** The intent once it, or a gap over it, is newer than `since`; as it is when the wait is over. */
async function intentAfter(
  { store, feeds, clock }: Desk,
  { id, since, waitMs }: GetAsk,
  signal: AbortSignal | undefined,
): Promise<{ version: number; intent: IntentDetail }> {
  const untilMs = performance.now() + waitMs
  for (;;) {
    const seen = feeds.changes.version()
    const answer = await store.get({ id, nowMs: clock.nowMs() })
    const changedAt = Math.max(answer.intent.row.version, feeds.gapVersion())
    const leftMs = untilMs - performance.now()
    const isFromEarlierRun = since > seen && since > answer.version
    const isOver = leftMs <= 0 || feeds.changes.isClosed() || signal?.aborted === true
    if (changedAt > since || isFromEarlierRun || isOver) return answer
    await feeds.changes.next({ since: seen, waitMs: leftMs, signal })
    await systemClock.sleep(Math.min(LOOK_PACE_MS, leftMs), signal ?? NEVER)
  }
}

const NEVER = new AbortController().signal

/** Rows change when they are followed, and so do the connections' summaries. */
async function tellOfWatching({ feeds, store }: Desk): Promise<void> {
  feeds.changes.raise((await store.head()).version)
  feeds.touch()
}
