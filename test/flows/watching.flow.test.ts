import { afterEach, beforeEach, expect, test } from 'vitest'
import { failureOf } from '../../renderer/host/failureOf.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import type { WatchedId } from '../../shared/api/watching.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { FlowBench } from './flowBench.ts'

const T0 = 1_760_000_000_000
const CONNECTION = { connection: 'fusion-test' }

let bench: FlowBench
let server: BareFusion

beforeEach(async () => {
  bench = new FlowBench()
  server = bench.keep(await bareFusion())
  await start()
})

afterEach(() => bench.close())

async function start(settings: object = {}): Promise<void> {
  const entry = { id: 'fusion-test', system: 'fusion', url: server.url, credential: 'none', settings }
  await bench.start([entry])
}

function idOf(n: number): string {
  return `0x${n.toString(16).padStart(64, 'a')}`
}

function serve(n: number, more: object = {}): void {
  const updatedAt = new Date(T0 + n).toISOString()
  const intent = {
    intentId: idOf(n),
    status: 'matched',
    updatedAt,
    fromChain: 84_532,
    toChain: 421_614,
    ...more,
  }
  server.intents.set(idOf(n), JSON.stringify(intent))
}

function subscriptions(n: number): number {
  return server.heard.filter(({ event, args }) => event === 'subscribe:intent' && args[0] === idOf(n)).length
}

/** Waits until a followed id is as it should be. */
function followed(n: number, what: string, holds: (watched: WatchedId) => boolean): Promise<WatchedId> {
  return until(`${idOf(n)} to be ${what}`, async () => {
    const list = await bench.client.intents.watchList(CONNECTION)
    return list.find((watched) => watched.id === idOf(n) && holds(watched))
  })
}

async function failure(call: Promise<unknown>): Promise<FailureShape> {
  return call.then(
    () => {
      throw new Error('It was taken.')
    },
    (error: unknown) => failureOf(error),
  )
}

test('of many ids each is accepted, known already or refused with a reason, and is read at once', async () => {
  serve(1)
  const { outcomes } = await bench.client.intents.watchMany({
    ...CONNECTION,
    ids: [
      idOf(1),
      ` ${idOf(2)} `,
      idOf(1).toUpperCase().replace('0X', '0x'),
      'two words',
      'short',
      '!'.repeat(300),
    ],
  })
  expect(outcomes.map(({ outcome }) => outcome)).toEqual([
    'accepted',
    'accepted',
    'already-watched',
    'refused',
    'refused',
    'refused',
  ])
  expect(outcomes.slice(2).every(({ why }) => why.endsWith('.'))).toBe(true)
  const known = await followed(1, 'read', (watched) => watched.known?.status === 'matched')
  expect(known).toMatchObject({ isFromProfile: false, known: { phase: 'matched', isNotFound: false } })
  const unknown = await followed(2, 'unknown', (watched) => watched.known !== null)
  expect(unknown.known).toMatchObject({ status: '', isNotFound: true })
})

test('what is followed stays so across a restart, and what was removed does not', async () => {
  serve(1)
  serve(2)
  await bench.client.intents.watchMany({ ...CONNECTION, ids: [idOf(1), idOf(2)] })
  await followed(2, 'read', (watched) => watched.known?.status === 'matched')
  await bench.client.intents.watch({ ...CONNECTION, id: idOf(2), isWatched: false })
  await bench.stop()
  const before = subscriptions(1)
  await start()
  await until('the id to be followed again', () => subscriptions(1) > before)
  const list = await bench.client.intents.watchList(CONNECTION)
  expect(list.map(({ id }) => id)).toEqual([idOf(1)])
  const pinned = await bench.client.intents.find({ query: 'is:watched' })
  expect(pinned.map(({ aliases }) => aliases[0]?.value)).toEqual([idOf(1)])
  const { connections } = await bench.client.connections.next({})
  expect(connections[0]?.watched).toEqual([idOf(1)])
})

test('an id of the profile is listed with its state and can be removed only there', async () => {
  serve(3)
  await bench.stop()
  await start({ watch: [idOf(3)] })
  const watched = await followed(3, 'read', ({ known }) => known?.status === 'matched')
  expect(watched.isFromProfile).toBe(true)
  const refused = await failure(bench.client.intents.watch({ ...CONNECTION, id: idOf(3), isWatched: false }))
  expect(refused).toMatchObject({ code: 'closed', message: expect.stringContaining('profile') as string })
  expect((await bench.client.intents.watchList(CONNECTION)).map(({ id }) => id)).toEqual([idOf(3)])
})

test('what can be no id, and a connection that is not there, are refused with a sentence', async () => {
  expect(
    await failure(bench.client.intents.watch({ ...CONNECTION, id: 'a b', isWatched: true })),
  ).toMatchObject({
    code: 'usage',
  })
  const gone = bench.client.intents.watchMany({ connection: 'gone', ids: [idOf(1)] })
  expect(await failure(gone)).toMatchObject({ code: 'not-found' })
  expect(await bench.client.intents.watchList(CONNECTION)).toEqual([])
})

test('intents are found by their route, in one direction', async () => {
  serve(1)
  serve(2, { fromChain: 421_614, toChain: 84_532 })
  serve(4)
  await bench.client.intents.watchMany({ ...CONNECTION, ids: [1, 2, 4].map(idOf) })
  const routes = await until('the routes', async () => {
    const found = await bench.client.intents.routes({})
    return found.reduce((sum, { count }) => sum + count, 0) === 3 ? found : null
  })
  expect(routes).toEqual([
    { system: 'fusion', sourceChainId: 84_532, destinationChainId: 421_614, count: 2 },
    { system: 'fusion', sourceChainId: 421_614, destinationChainId: 84_532, count: 1 },
  ])
  const back = await bench.client.intents.find({ query: 'route:421614-84532' })
  expect(back.map(({ aliases }) => aliases[0]?.value)).toEqual([idOf(2)])
  const wrong = await failure(bench.client.intents.find({ query: 'route:421614' }))
  expect(wrong).toMatchObject({ code: 'usage', facts: { at: 6 } })
})
