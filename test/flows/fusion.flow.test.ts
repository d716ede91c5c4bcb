import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConnectionSummary } from '../../shared/api/presence.ts'
import type { IntentDetail } from '../../shared/api/row.ts'
import { until } from '../until.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { runningConsole, type RunningConsole } from './runningConsole.ts'

const T0 = 1_760_000_000_000
const HUGE = (2n ** 256n - 1n).toString()

let dataDir: string
let server: BareFusion
let running: RunningConsole

function fusionAt(url: string): object[] {
  return [{ id: 'fusion-test', system: 'fusion', url, credential: 'none' }]
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'flow-'))
  server = await bareFusion()
  running = await runningConsole(dataDir, fusionAt(server.url))
  await heard()
})

afterEach(async () => {
  await running.close()
  await server.close()
  rmSync(dataDir, { recursive: true })
})

/** Waits until the console listens. */
function heard(): Promise<unknown> {
  return until(
    'the console to listen',
    async () => server.listeners() === 1 && (await fusion()).presence.state === 'live',
  )
}

async function fusion(): Promise<ConnectionSummary> {
  const { connections } = await running.client.connections.next({})
  const found = connections.find(({ id }) => id === 'fusion-test')
  if (found === undefined) throw new Error('The connection is not listed.')
  return found
}

function idOf(n: number): string {
  return `0x${n.toString(16).padStart(64, 'a')}`
}

function intent(n: number, status: string, more: object = {}): Record<string, unknown> {
  return {
    intentId: idOf(n),
    status,
    proofStatus: null,
    solver: null,
    fromChain: 84_532,
    toChain: 421_614,
    amount: '1000000000000000000',
    createdAt: new Date(T0).toISOString(),
    updatedAt: new Date(T0 + n * 1_000).toISOString(),
    timestamp: T0,
    ...more,
  }
}

/** A later word on an intent, `seconds` after its creation. */
function later(n: number, status: string, seconds: number): Record<string, unknown> {
  return intent(n, status, { updatedAt: new Date(T0 + seconds * 1_000).toISOString() })
}

/** Waits until the intent is as it should be. */
function shown(id: string, what: string, holds: (intent: IntentDetail) => boolean): Promise<IntentDetail> {
  return until(`the intent to be ${what}`, async () => {
    const found = await running.client.intents.get({ id }).catch(() => null)
    return found !== null && holds(found.intent) ? found.intent : null
  })
}

function statuses(found: IntentDetail): (string | null)[] {
  return found.timeline.filter(({ status }) => status !== null).map(({ status }) => status)
}

test('an intent goes through its stages and is found by its id and by what it says', async () => {
  const words = [
    'proofs_pending',
    'proofs_verified',
    'matched',
    'waiting_for_source_lock',
    'executing',
    'completed',
  ]
  words.forEach((word, index) => {
    server.say(index === 0 ? 'intent:new' : 'intent:status_changed', later(1, word, index))
  })
  const found = await shown(idOf(1), 'completed', ({ status }) => status === 'completed')
  expect(found).toMatchObject({
    phase: 'completed',
    isTerminal: true,
    system: 'fusion',
    connection: 'fusion-test',
  })
  expect(found.stages.map(({ status }) => status)).toEqual(words)
  expect(statuses(found)).toEqual(words)
  expect(found.timeline.every(({ origin }) => origin === 'push')).toBe(true)
  const [byPrefix] = await running.client.intents.find({ query: idOf(1).slice(2, 12).toUpperCase() })
  expect(byPrefix?.id).toBe(found.id)
  const byQuery = await running.client.intents.find({ query: 'phase:completed system:fusion' })
  expect(byQuery.map(({ id }) => id)).toEqual([found.id])
  const raw = await running.client.intents.raw({ seq: found.timeline[0]?.seq ?? 0 })
  expect(JSON.parse(raw.event.payload)).toMatchObject({ status: 'proofs_pending' })
})

test('a word that nobody has described is shown as it is and counted', async () => {
  server.say('intent:new', later(1, 'settling_shielded', 1))
  const found = await shown(idOf(1), 'known', () => true)
  expect(found).toMatchObject({ status: 'settling_shielded', phase: 'unknown', isTerminal: false })
  expect(found.timeline[0]?.flags).toContain('unknown-status')
  const { drift } = await until('the count', async () => {
    const summary = await fusion()
    return summary.drift.length > 0 ? summary : null
  })
  expect(drift).toContainEqual(
    expect.objectContaining({ kind: 'unknown-word', what: 'settling_shielded', count: 1 }),
  )
})

test('a backward move is kept and flagged', async () => {
  server.say('intent:new', later(1, 'executing', 1))
  server.say('intent:status_changed', later(1, 'matched', 2))
  const found = await shown(idOf(1), 'told twice', ({ timeline }) => timeline.length === 2)
  expect(statuses(found)).toEqual(['executing', 'matched'])
  expect(found.timeline[1]?.flags).toContain('backward')
})

test('amounts are exact to the last digit, as strings and as JSON numbers', async () => {
  server.say('intent:new', intent(1, 'matched', { amount: HUGE }))
  const asNumber = JSON.stringify(intent(2, 'matched', { amount: 'AMOUNT' })).replace('"AMOUNT"', HUGE)
  server.sayText(`2["intent:new",${asNumber}]`)
  for (const n of [1, 2]) {
    const found = await shown(idOf(n), 'known', () => true)
    expect(found.source.amount?.amountRaw).toBe(HUGE)
  }
  const { drift } = await fusion()
  expect(drift.map(({ kind }) => kind)).toContain('lossy-number')
})

test('one change heard in both rooms is one entry', async () => {
  await running.client.intents.watch({ connection: 'fusion-test', id: idOf(1), isWatched: true })
  const change = later(1, 'matched', 5)
  server.say('intent:status_changed', { ...change, oldStatus: 'SOLVER_SELECTED' })
  await shown(idOf(1), 'known', () => true)
  await until('the same in the intent’s own room', async () => {
    server.sayTo(idOf(1), 'intent:status', change)
    const { intent: found } = await running.client.intents.get({ id: idOf(1) })
    return (found.timeline.find(({ status }) => status === 'matched')?.repeats ?? 0) > 0
  })
  const found = await shown(idOf(1), 'known', () => true)
  expect(statuses(found)).toEqual(['matched'])
  expect(found.stages).toHaveLength(1)
  expect(found.row.isWatched).toBe(true)
})

test('a silence is exactly one gap with both bounds, and what it hid is read again', async () => {
  server.say('intent:new', later(1, 'matched', 1))
  await shown(idOf(1), 'known', () => true)
  const beforeMs = Date.now()
  server.shutOut()
  await until('the loss to be noticed', async () => (await fusion()).presence.state !== 'live')
  server.intents.set(idOf(1), JSON.stringify(later(1, 'executing', 2)))
  server.letIn()
  await running.client.connections.reconnect({ connection: 'fusion-test' })
  const found = await shown(idOf(1), 'repaired', ({ status }) => status === 'executing')
  const summary = await until('the repair to be told', async () => {
    const seen = await fusion()
    return (seen.gaps[0]?.repairedAtMs ?? null) === null ? null : seen
  })
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
  await shown(idOf(1), 'known', () => true)
  await running.close()
  server.intents.set(idOf(1), JSON.stringify(later(1, 'failed', 9)))
  running = await runningConsole(dataDir, fusionAt(server.url))
  const found = await shown(idOf(1), 'repaired', ({ status }) => status === 'failed')
  expect(statuses(found)).toEqual(['matched', 'failed'])
  const gaps = await until('the repair', async () => {
    const seen = (await fusion()).gaps
    return seen.some(({ repairedAtMs }) => repairedAtMs !== null) ? seen : null
  })
  expect(gaps).toHaveLength(1)
  expect(gaps[0]?.reason).toBe('The console was not running.')
})

test('an id that the contract replaces after submit leads to the same intent as the old one', async () => {
  server.say('intent:new', later(1, 'proofs_pending', 1))
  await shown(idOf(1), 'known', () => true)
  server.intents.set(idOf(1), JSON.stringify({ ...later(1, 'matched', 2), intentId: idOf(2) }))
  await running.client.intents.reread({ id: idOf(1) })
  server.say('intent:status_changed', later(2, 'executing', 3))
  const byNew = await shown(idOf(2), 'executing', ({ status }) => status === 'executing')
  const byOld = await shown(idOf(1), 'executing', ({ status }) => status === 'executing')
  expect(byOld.id).toBe(byNew.id)
  expect(statuses(byNew)).toEqual(['proofs_pending', 'matched', 'executing'])
  expect(byNew.aliases.map(({ value }) => value)).toEqual(expect.arrayContaining([idOf(1), idOf(2)]))
  expect(await running.client.intents.find({ query: 'system:fusion' })).toHaveLength(1)
})

test('among malformed, deep, foreign and huge frames every good one is kept', async () => {
  const bad = [
    '2["intent:new",{"intentId":',
    '2["intent:new",{"intentId":7,"status":"matched"}]',
    '2["intent:new",[]]',
    '2["intent:new",null]',
    '2["intent:new"]',
    '2[]',
    '2{"not":"an event"}',
    '9["no such packet type"]',
    `2["intent:new",${'['.repeat(50_000)}${']'.repeat(50_000)}]`,
    `2["intent:new",{"__proto__":{"isAdmin":true},"status":"matched"}]`,
    `2["intent:settled",{"intentId":"${idOf(1)}"}]`,
    'complete nonsense',
    `2["intent:new",{"intentId":"${'x'.repeat(9 * 1024 * 1024)}"}]`,
  ]
  bad.forEach((text, index) => {
    server.say('intent:new', intent(100 + index, 'matched'))
    server.sayText(text)
  })
  server.say('intent:new', intent(200, 'matched'))
  const all = await until('every good frame', async () => {
    const found = await running.client.intents.find({ query: 'status:matched' })
    return found.length >= bad.length + 1 ? found : null
  })
  expect(all).toHaveLength(bad.length + 1)
  const summary = await fusion()
  expect(summary.quarantinedCount).toBeGreaterThanOrEqual(8)
  expect(summary.presence.state).toBe('live')
  expect(summary.gaps).toEqual([])
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  const frames = await running.client.connections.quarantine({ connection: 'fusion-test' })
  expect(frames.every(({ reason, payload }) => reason !== '' && payload.length <= 64 * 1024)).toBe(true)
})

test('the journal tells everything in order, and a reader is woken by what is new', async () => {
  const { lastSeq } = await running.client.journal.next({ after: 0, limit: 1 })
  const waiting = running.client.journal.next({ after: lastSeq, waitMs: 15_000 })
  server.say('intent:new', later(1, 'matched', 1))
  expect((await waiting).events.map(({ seq }) => seq)[0]).toBe(lastSeq + 1)
  const batch = await until('the row', async () => {
    const next = await running.client.intents.next({ query: '', waitMs: 1_000 })
    return next.order.length === 1 ? next : null
  })
  expect(batch.rows[0]).toMatchObject({ status: 'matched', lastOrigin: 'push' })
  const unchanged = await running.client.intents.next({ since: batch.version })
  expect(unchanged.order).toEqual(batch.order)
  expect(unchanged.rows).toEqual([])
})

test('a change of one intent answers who waits for it, a change of another does not', async () => {
  server.say('intent:new', later(1, 'matched', 1))
  // What is read of it over REST is a change as well, and has to be over.
  const { version } = await until('the intent and its reading', async () => {
    const found = await running.client.intents.get({ id: idOf(1) }).catch(() => null)
    return found?.intent.isNotFound === true ? found : null
  })
  const waiting = running.client.intents.get({ id: idOf(1), since: version, waitMs: 15_000 })
  server.say('intent:new', later(2, 'matched', 1))
  await shown(idOf(2), 'known', () => true)
  server.say('intent:status_changed', later(1, 'executing', 2))
  expect((await waiting).intent.status).toBe('executing')
})

test('the system’s counters are kept beside our own', async () => {
  const series = await until('a reading', async () => {
    const found = await running.client.mempool.series({
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
  const { test: name } = await running.client.connections.test({ connection: 'fusion-test' })
  const done = await until('the end of the test', async () => {
    const seen = await running.client.connections.testNext({ test: name, since: 0 })
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
