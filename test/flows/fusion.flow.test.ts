import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BareFusion } from '../bareFusion.ts'
import { FUSION_WAY } from '../fusionWay.ts'
import { until } from '../until.ts'
import type { FlowBench } from './flowBench.ts'
import { fusionFlow, idOf, intent, later, statusesOf } from './fusionFlow.ts'

const HUGE = (2n ** 256n - 1n).toString()

let bench: FlowBench
let server: BareFusion

beforeEach(async () => {
  ;({ bench, server } = await fusionFlow())
})

afterEach(() => bench.close())

test('an intent goes through its stages and is found by its id and by what it says', async () => {
  FUSION_WAY.forEach((word, index) => {
    server.say(index === 0 ? 'intent:new' : 'intent:status_changed', later(1, word, index))
  })
  const found = await bench.shown(idOf(1), 'completed', ({ status }) => status === 'completed')
  expect(found).toMatchObject({
    phase: 'completed',
    isTerminal: true,
    system: 'fusion',
    connection: 'fusion-test',
  })
  expect(found.stages.map(({ status }) => status)).toEqual(FUSION_WAY)
  expect(statusesOf(found)).toEqual(FUSION_WAY)
  expect(found.timeline.every(({ origin }) => origin === 'push')).toBe(true)
  const [byPrefix] = await bench.client.intents.find({ query: idOf(1).slice(2, 12).toUpperCase() })
  expect(byPrefix?.id).toBe(found.id)
  const byQuery = await bench.client.intents.find({ query: 'phase:completed system:fusion' })
  expect(byQuery.map(({ id }) => id)).toEqual([found.id])
  const raw = await bench.client.intents.raw({ seq: found.timeline[0]?.seq ?? 0 })
  expect(JSON.parse(raw.event.payload)).toMatchObject({ status: 'proofs_pending' })
})

test('a word that nobody has described is shown as it is and counted', async () => {
  server.say('intent:new', later(1, 'settling_shielded', 1))
  const found = await bench.shown(idOf(1), 'known', () => true)
  expect(found).toMatchObject({ status: 'settling_shielded', phase: 'unknown', isTerminal: false })
  expect(found.timeline[0]?.flags).toContain('unknown-status')
  const { drift } = await until('the count', async () => {
    const summary = await bench.connection()
    return summary.drift.length > 0 ? summary : null
  })
  expect(drift).toContainEqual(
    expect.objectContaining({ kind: 'unknown-word', what: 'settling_shielded', count: 1 }),
  )
})

test('a backward move is kept and flagged', async () => {
  server.say('intent:new', later(1, 'executing', 1))
  server.say('intent:status_changed', later(1, 'matched', 2))
  const found = await bench.shown(idOf(1), 'told twice', ({ timeline }) => timeline.length === 2)
  expect(statusesOf(found)).toEqual(['executing', 'matched'])
  expect(found.timeline[1]?.flags).toContain('backward')
})

test('amounts are exact to the last digit, as strings and as JSON numbers', async () => {
  server.say('intent:new', intent(1, 'matched', { amount: HUGE }))
  const asNumber = JSON.stringify(intent(2, 'matched', { amount: 'AMOUNT' })).replace('"AMOUNT"', HUGE)
  server.sayText(`2["intent:new",${asNumber}]`)
  for (const n of [1, 2]) {
    const found = await bench.shown(idOf(n), 'known', () => true)
    expect(found.source.amount?.amountRaw).toBe(HUGE)
  }
  const { drift } = await bench.connection()
  expect(drift.map(({ kind }) => kind)).toContain('lossy-number')
})

test('one change heard in both rooms is one entry', async () => {
  await bench.client.intents.watch({ connection: 'fusion-test', id: idOf(1), isWatched: true })
  const change = later(1, 'matched', 5)
  server.say('intent:status_changed', { ...change, oldStatus: 'SOLVER_SELECTED' })
  await bench.shown(idOf(1), 'known', () => true)
  await until('the same in the intent’s own room', async () => {
    server.sayTo(idOf(1), 'intent:status', change)
    const { intent: found } = await bench.client.intents.get({ id: idOf(1) })
    return (found.timeline.find(({ status }) => status === 'matched')?.repeats ?? 0) > 0
  })
  const found = await bench.shown(idOf(1), 'known', () => true)
  expect(statusesOf(found)).toEqual(['matched'])
  expect(found.stages).toHaveLength(1)
  expect(found.row.isWatched).toBe(true)
})

test('an id that the contract replaces after submit leads to the same intent as the old one', async () => {
  server.say('intent:new', later(1, 'proofs_pending', 1))
  await bench.shown(idOf(1), 'known', () => true)
  server.intents.set(idOf(1), JSON.stringify({ ...later(1, 'matched', 2), intentId: idOf(2) }))
  await bench.client.intents.reread({ id: idOf(1) })
  server.say('intent:status_changed', later(2, 'executing', 3))
  const byNew = await bench.shown(idOf(2), 'executing', ({ status }) => status === 'executing')
  const byOld = await bench.shown(idOf(1), 'executing', ({ status }) => status === 'executing')
  expect(byOld.id).toBe(byNew.id)
  expect(statusesOf(byNew)).toEqual(['proofs_pending', 'matched', 'executing'])
  expect(byNew.aliases.map(({ value }) => value)).toEqual(expect.arrayContaining([idOf(1), idOf(2)]))
  expect(await bench.client.intents.find({ query: 'system:fusion' })).toHaveLength(1)
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
    const found = await bench.client.intents.find({ query: 'status:matched' })
    return found.length >= bad.length + 1 ? found : null
  })
  expect(all).toHaveLength(bad.length + 1)
  const summary = await bench.connection()
  expect(summary.quarantinedCount).toBeGreaterThanOrEqual(8)
  expect(summary.presence.state).toBe('live')
  expect(summary.gaps).toEqual([])
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  const frames = await bench.client.connections.quarantine({ connection: 'fusion-test' })
  expect(frames.every(({ reason, payload }) => reason !== '' && payload.length <= 64 * 1024)).toBe(true)
})
