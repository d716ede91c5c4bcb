import { afterEach, beforeEach, expect, test } from 'vitest'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { FlowBench } from './flowBench.ts'

const OPEN = `0x${'0e'.repeat(32)}`
const OVER = `0x${'0f'.repeat(32)}`
const T0 = 1_760_000_000_000

let bench: FlowBench

beforeEach(() => {
  bench = new FlowBench()
})

afterEach(() => bench.close())

async function start(): Promise<BareFusion> {
  const server = bench.keep(await bareFusion())
  const entries = [{ id: 'c', system: 'fusion', url: server.url, credential: 'none' }]
  await bench.start(entries)
  await until('the console to listen', () => server.listeners() === 1)
  return server
}

function readsOf({ reads }: BareFusion, id: string): number {
  return reads.filter((read) => read === `GET /api/intents/${id}`).length
}

test('an intent that is removed before its end is read once more, and its outcome is learnt; one that is over is not', async () => {
  const server = await start()
  for (const [id, status] of [
    [OPEN, 'executing'],
    [OVER, 'completed'],
  ] as const) {
    server.intents.set(id, JSON.stringify({ intentId: id, status, updatedAt: T0 }))
    server.say('intent:status_changed', { intentId: id, status, updatedAt: T0 })
  }
  await until('the first readings', () => readsOf(server, OPEN) === 1 && readsOf(server, OVER) === 1)
  server.intents.set(OPEN, JSON.stringify({ intentId: OPEN, status: 'failed', updatedAt: T0 + 1_000 }))
  server.say('intent:removed', { intentId: OVER, timestamp: T0 + 2_000 })
  server.say('intent:removed', { intentId: OPEN, timestamp: T0 + 2_000 })
  const intent = await until('the outcome', async () => {
    const { intent: found } = await bench.client.intents.get({ id: OPEN })
    return found.status === 'failed' && found.row.isRemoved ? found : null
  })
  expect(intent.timeline.find(({ status }) => status === 'failed')?.origin).toBe('poll')
  expect(readsOf(server, OPEN)).toBe(2)
  expect(readsOf(server, OVER)).toBe(1)
})

test('a pause that the REST API asks for is shown on the connection', async () => {
  const server = await start()
  server.answer = (_, response) => {
    response.writeHead(429, { 'retry-after': '300' }).end()
    return true
  }
  server.say('intent:new', { intentId: OPEN, status: 'matched', updatedAt: T0 })
  const presence = await until('the pause', async () => {
    const summary = await bench.connection()
    return (summary.presence.pausedUntilMs ?? null) === null ? null : summary.presence
  })
  expect(presence.state).toBe('live')
  expect(presence.pausedUntilMs).toBeGreaterThan(Date.now() + 200_000)
})
