import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import type { FlowBench } from './flowBench.ts'
import { fusionAt, fusionFlow, idOf, later, statusesOf, T0 } from './fusionFlow.ts'

let bench: FlowBench
let server: BareFusion

beforeEach(async () => {
  ;({ bench, server } = await fusionFlow())
})

afterEach(() => bench.close())

test('a silence is exactly one gap with both bounds, and what it hid is read again', async () => {
  server.say('intent:new', later(1, 'matched', 1))
  await bench.shown(idOf(1), 'known', () => true)
  const beforeMs = Date.now()
  server.shutOut()
  await until('the loss to be noticed', async () => (await bench.connection()).presence.state !== 'live')
  server.intents.set(idOf(1), JSON.stringify(later(1, 'executing', 2)))
  server.letIn()
  await bench.client.connections.reconnect({ connection: 'fusion-test' })
  const found = await bench.shown(idOf(1), 'repaired', ({ status }) => status === 'executing')
  const summary = await bench.repaired()
  expect(summary.gaps).toHaveLength(1)
  const [gap] = summary.gaps
  expect(gap).toMatchObject({ repairedCount: 1, repairFailedCount: 0 })
  expect(gap?.untilMs).toBeGreaterThanOrEqual(beforeMs)
  expect(gap?.fromMs).toBeLessThanOrEqual(gap?.untilMs ?? 0)
  expect(found.timeline.find(({ status }) => status === 'executing')).toMatchObject({
    origin: 'repair',
    atMs: T0 + 2_000,
  })
  expect(found.timeline.filter(({ kind }) => kind === 'gap')).toMatchObject([
    { fromMs: gap?.fromMs, untilMs: gap?.untilMs },
  ])
  expect(found.row.hasGap).toBe(true)
})

test('the time between two runs is a gap too, repaired by the next run', async () => {
  server.say('intent:new', later(1, 'matched', 1))
  await bench.shown(idOf(1), 'known', () => true)
  await bench.stop()
  server.intents.set(idOf(1), JSON.stringify(later(1, 'failed', 9)))
  await bench.start(fusionAt(server.url))
  const found = await bench.shown(idOf(1), 'repaired', ({ status }) => status === 'failed')
  expect(statusesOf(found)).toEqual(['matched', 'failed'])
  const { gaps } = await bench.repaired()
  expect(gaps).toHaveLength(1)
  expect(gaps[0]?.reason).toBe('The console was not running.')
})
