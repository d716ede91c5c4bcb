import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../electron/sandbox/index.ts'
import { settableClock, type SettableClock } from '../../electron/sandbox/kit/clock.ts'
import type { IntentSummary } from '../../shared/api/row.ts'
import { until } from '../until.ts'
import { FlowBench } from './flowBench.ts'

/** A story without a reorganisation in these minutes: a source lock that is taken back is a disagreement of the story's own. */
const SEED = 7

/** How long before now the story begins: its clock is set, while the console has the machine's. */
const STARTED_AGO_MS = 10 * 60_000

/** How long each run takes, and what lies between them. */
const FIRST_MS = 2 * 60_000
const AWAY_MS = 3 * 60_000
const SECOND_MS = 60_000

let bench: FlowBench
let clock: SettableClock
let startedAtMs: number

beforeEach(() => {
  bench = new FlowBench()
  startedAtMs = Date.now() - STARTED_AGO_MS
  clock = settableClock(startedAtMs)
})

afterEach(() => bench.close())

/** Starts the sandbox and the console on it, and waits until the backend tells it everything. */
async function start(since: Pick<SandboxOptions, 'startedAtMs' | 'absence'>): Promise<Sandbox> {
  const sandbox = await startSandbox({ seed: SEED, rate: 1, clock, systems: ['fusion'], ...since })
  await bench.start(sandbox.connections)
  await until('the console to listen', () =>
    sandbox.history.fusion.events.some(({ event }) => event === 'mempool:stats'),
  )
  return sandbox
}

/** Lets the story go on, and everything that it says by then reach the console. */
async function tell(sandbox: Sandbox, durationMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < durationMs; passedMs += 1_000) {
    clock.advanceBy(1_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const last = sandbox.history.fusion.events.findLast(({ event }) => event === 'intent:status_changed')
  const { intentId, status } = last?.payload as { intentId: string; status: string }
  await bench.shown(intentId, status, (intent) => intent.timeline.some((entry) => entry.status === status))
}

async function end(sandbox: Sandbox): Promise<void> {
  await bench.stop()
  await sandbox.close()
}

const found = (query: string): Promise<IntentSummary[]> => bench.client.intents.find({ query, limit: 10_000 })

/** A first run of a demo and, after a while in which nobody was there, a second one on the same folder. */
async function twice(since: Pick<SandboxOptions, 'startedAtMs' | 'absence'>): Promise<Sandbox> {
  const first = await start({})
  await tell(first, FIRST_MS)
  expect((await found('')).length).toBeGreaterThan(50)
  await end(first)
  clock.advanceBy(AWAY_MS)
  const second = await start(since)
  await bench.repaired()
  await tell(second, SECOND_MS)
  return second
}

test('a demo that is started again goes on: no answers disagree, and no intent is there twice', async () => {
  const second = await twice({
    startedAtMs,
    absence: { fromMs: startedAtMs + FIRST_MS, untilMs: startedAtMs + FIRST_MS + AWAY_MS },
  })
  expect((await found('is:contradicted')).map(({ aliases }) => aliases[0]?.value)).toEqual([])
  const all = await found('')
  const names = all.flatMap(({ aliases }) => aliases.map(({ value }) => value))
  expect(names.length).toBe(new Set(names).size)
  for (const { id, aliases } of await found('is:open'))
    expect(second.world.find(aliases[0]?.value ?? ''), id).toBeDefined()
  await end(second)
})

test('control: begun anew with the same seed, answers disagree', async () => {
  const second = await twice({})
  expect((await found('is:contradicted')).length).toBeGreaterThan(20)
  await end(second)
})
