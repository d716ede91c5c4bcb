import { afterEach, beforeEach, expect, test } from 'vitest'
import { isGapEvent } from '../../electron/engine/consoleEvents.ts'
import type { Store } from '../../electron/store/store.ts'
import type { Gap } from '../../shared/api/presence.ts'
import type { TimelineEntry } from '../../shared/api/row.ts'
import { bareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { FlowBench } from './flowBench.ts'

const ID = `0x${'6a'.repeat(32)}`

let bench: FlowBench

beforeEach(() => {
  bench = new FlowBench()
})

afterEach(() => bench.close())

interface Aftermath {
  gaps: Gap[]
  timeline: TimelineEntry[]
  status: string
  lastHeardMs: number
  backAtMs: number
}

/** A backend, by whose clock everything happens now, that drops the console, goes on without it, and tells nothing of that when the console is back. */
async function dropped(wrap?: (store: Store) => Store): Promise<Aftermath> {
  const server = bench.keep(await bareFusion())
  const entries = [{ id: 'c', system: 'fusion', url: server.url, credential: 'none' }]
  const { client } = await bench.start(entries, wrap)
  const summary = async () => (await client.connections.next({})).connections[0]
  const status = async () => (await client.intents.get({ id: ID }).catch(() => null))?.intent.status

  await until('the console to listen', () => server.listeners() === 1)
  server.say('intent:new', { intentId: ID, status: 'matched', updatedAt: Date.now() })
  await until('the intent', async () => (await status()) === 'matched')
  server.shutOut()
  await until('the drop', async () => (await summary())?.presence.state === 'retrying')
  const lastHeardMs = (await summary())?.presence.lastReceivedAtMs ?? 0
  server.say('intent:status_changed', { intentId: ID, status: 'executing', updatedAt: Date.now() })
  server.intents.set(ID, JSON.stringify({ intentId: ID, status: 'failed', updatedAt: Date.now() }))
  server.letIn()
  await until('the return and what REST knows', async () => (await status()) === 'failed')
  const backAtMs = (await summary())?.presence.sinceMs ?? 0
  const { intent } = await client.intents.get({ id: ID })
  return {
    gaps: (await summary())?.gaps ?? [],
    timeline: intent.timeline,
    status: intent.status,
    lastHeardMs,
    backAtMs,
  }
}

test('what was not heard is one gap with both bounds, on the connection and on the timeline, and the state is what REST says', async () => {
  const { gaps, timeline, status, lastHeardMs, backAtMs } = await dropped()
  expect(gaps).toHaveLength(1)
  const entries = timeline.filter(({ kind }) => kind === 'gap')
  expect(entries).toHaveLength(1)
  for (const { fromMs, untilMs } of [...gaps, ...entries]) {
    expect(fromMs).toBeLessThanOrEqual(lastHeardMs)
    expect(untilMs).toBeGreaterThanOrEqual(backAtMs)
  }
  expect(status).toBe('failed')
  expect(timeline.map((entry) => entry.status)).not.toContain('executing')
  expect(timeline.find((entry) => entry.status === 'failed')?.origin).toBe('repair')
})

test('control: without the writer of gaps the same loss looks like an unbroken history', async () => {
  const { gaps, timeline, status } = await dropped((store) => ({
    ...store,
    append: (batch) => store.append(batch.filter((event) => !isGapEvent(event))),
  }))
  expect(status).toBe('failed')
  expect(gaps).toEqual([])
  expect(timeline.map(({ kind }) => kind)).not.toContain('gap')
})
