import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../electron/sandbox/index.ts'
import { settableClock, type SettableClock } from '../../electron/sandbox/kit/clock.ts'
import { until } from '../until.ts'
import { runningConsole, type RunningConsole } from './runningConsole.ts'

const SEED = 7

let dataDir: string
let clock: SettableClock
let sandbox: Sandbox
let running: RunningConsole

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'flow-'))
  clock = settableClock(Date.now())
  sandbox = await startSandbox({ seed: SEED, rate: 1, clock, systems: ['fusion'] })
  running = await runningConsole(dataDir, sandbox.connections)
  await until('the console to listen', isSubscribed)
})

afterEach(async () => {
  await running.close()
  await sandbox.close()
  rmSync(dataDir, { recursive: true })
})

async function connection() {
  const [found] = (await running.client.connections.next({})).connections
  if (found === undefined) throw new Error('The connection is not listed.')
  return found
}

/** Whether the backend has answered `subscribe:all`: a connection is live before that, and hears nothing yet. */
async function isSubscribed(): Promise<boolean> {
  const { events } = await running.client.journal.next({ after: 0, limit: 100 })
  return events.some(({ kind }) => kind === 'mempool:stats')
}

/** Lets the story go on and what it says reach the console. */
async function tell(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 1) {
    clock.advanceBy(1_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Statuses that the story told to those who listen to all intents, by intent, each with the time of the change. */
function told(): Map<string, Set<string>> {
  const statuses = new Map<string, Set<string>>()
  for (const { event, payload, isGarbled, room } of sandbox.history.fusion.events) {
    const { intentId, status } = (payload ?? {}) as { intentId?: unknown; status?: unknown }
    if (isGarbled || room !== 'all-intents' || !/^intent:(new|status_changed)$/.test(event)) continue
    if (typeof intentId !== 'string' || typeof status !== 'string') continue
    statuses.set(intentId, (statuses.get(intentId) ?? new Set()).add(status))
  }
  return statuses
}

/** Waits until every status that was told stands in the timeline of its intent. */
async function allKept(): Promise<void> {
  expect(told().size).toBeGreaterThan(50)
  for (const [id, statuses] of told()) {
    await until(`everything told of ${id}`, async () => {
      const found = await running.client.intents.get({ id }).catch(() => null)
      const kept = new Set(found?.intent.timeline.map(({ status }) => status))
      return [...statuses].every((status) => kept.has(status))
    })
  }
}

test('everything that the story tells is kept, garbled, repeated and disordered as it may come', async () => {
  await tell(60)
  for (const fault of ['repeat 20', 'reorder 20', 'garble 200']) sandbox.faults.fusion.apply(fault)
  await tell(60)
  sandbox.faults.fusion.calm()
  await tell(10)
  await allKept()
  const { presence, quarantinedCount, gaps } = await connection()
  expect(presence.state).toBe('live')
  expect(quarantinedCount).toBeGreaterThan(0)
  expect(gaps).toEqual([])
})

test('after a loss the console knows of every intent that was open what the backend says of it', async () => {
  await tell(90)
  await allKept()
  const open = await running.client.intents.find({ query: 'is:open', limit: 10_000 })
  sandbox.faults.fusion.apply('refuse 60')
  await until('the loss to be noticed', async () => (await connection()).presence.state !== 'live')
  await tell(120)
  await running.client.connections.reconnect({ connection: 'demo-fusion' })
  const { gaps } = await until('the repair', async () => {
    const seen = await connection()
    return (seen.gaps[0]?.repairedAtMs ?? null) === null ? null : seen
  })
  expect(gaps).toHaveLength(1)
  expect(open.length).toBeGreaterThan(20)
  expect(gaps[0]?.repairedCount).toBeGreaterThanOrEqual(open.length)
  let moved = 0
  for (const { id, status: before, aliases } of open) {
    const { intent } = await running.client.intents.get({ id })
    const now = await statusAtBackend(aliases.at(-1)?.value ?? '')
    expect(intent.status, id).toBe(now)
    if (now !== before) moved += 1
  }
  expect(moved).toBeGreaterThan(5)
  expect(readingsMatching(/preimage|permit2/)).toEqual([])
})

async function statusAtBackend(id: string): Promise<string> {
  const response = await fetch(`${sandbox.connections[0]?.url ?? ''}/api/intents/${id}`)
  return ((await response.json()) as { status: string }).status
}

function readingsMatching(pattern: RegExp): string[] {
  return Object.keys(sandbox.history.fusion.readingCounts()).filter((route) => pattern.test(route))
}
