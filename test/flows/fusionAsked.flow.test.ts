import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import type { FlowBench } from './flowBench.ts'
import { fusionFlow, idOf, later } from './fusionFlow.ts'

let bench: FlowBench
let server: BareFusion

beforeEach(async () => {
  ;({ bench, server } = await fusionFlow())
})

afterEach(() => bench.close())

test('the journal tells everything in order, and a reader is woken by what is new', async () => {
  const { lastSeq } = await bench.client.journal.next({ after: 0, limit: 1 })
  const waiting = bench.client.journal.next({ after: lastSeq, waitMs: 15_000 })
  server.say('intent:new', later(1, 'matched', 1))
  expect((await waiting).events.map(({ seq }) => seq)[0]).toBe(lastSeq + 1)
  const batch = await until('the row', async () => {
    const next = await bench.client.intents.next({ query: '', waitMs: 1_000 })
    return next.order.length === 1 ? next : null
  })
  expect(batch.rows[0]).toMatchObject({ status: 'matched', lastOrigin: 'push' })
  const unchanged = await bench.client.intents.next({ since: batch.version })
  expect(unchanged.order).toEqual(batch.order)
  expect(unchanged.rows).toEqual([])
})

test('a change of one intent answers who waits for it, a change of another does not', async () => {
  server.say('intent:new', later(1, 'matched', 1))
  // What is read of it over REST is a change as well, and has to be over.
  const { version } = await until('the intent and its reading', async () => {
    const found = await bench.client.intents.get({ id: idOf(1) }).catch(() => null)
    return found?.intent.isNotFound === true ? found : null
  })
  const waiting = bench.client.intents.get({ id: idOf(1), since: version, waitMs: 15_000 })
  server.say('intent:new', later(2, 'matched', 1))
  await bench.shown(idOf(2), 'known', () => true)
  server.say('intent:status_changed', later(1, 'executing', 2))
  expect((await waiting).intent.status).toBe('executing')
})

test('the system’s counters are kept beside our own', async () => {
  const series = await until('a reading', async () => {
    const found = await bench.client.mempool.series({
      connection: 'fusion-test',
      fromMs: 0,
      untilMs: Date.now() + 1,
    })
    return found.latest === null ? null : found
  })
  expect(series.latest?.values).toEqual({
    total: 4,
    submitted: 1,
    matched: 1,
    executing: 1,
    completed: 1,
    failed: 0,
    cancelled: 0,
  })
})

test('a test of the connection names its steps and passes', async () => {
  const { test: name } = await bench.client.connections.test({ connection: 'fusion-test' })
  const done = await until('the end of the test', async () => {
    const seen = await bench.client.connections.testNext({ test: name, since: 0 })
    return seen.isDone ? seen : null
  })
  expect(done.steps.length).toBeGreaterThan(2)
  expect(done.steps.filter(({ state }) => state !== 'passed')).toEqual([])
})

test('the endpoints with side effects or secrets are never asked for', async () => {
  server.intents.set(idOf(1), JSON.stringify(later(1, 'executing', 1)))
  server.say('intent:new', later(1, 'executing', 1))
  await until('the reading of the timelocks', () =>
    server.reads.some((path) => path.endsWith('/htlc-params')),
  )
  expect(
    server.reads.filter((path) => /preimage|permit2|pending/.test(path) || !path.startsWith('GET ')),
  ).toEqual([])
})
