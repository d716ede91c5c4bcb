import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Absence } from '../../electron/engine/actions/absence.ts'
import type { ActionRecord } from '../../shared/api/action.ts'
import { upstreamOf } from '../../electron/upstreams/index.ts'
import { bareFusion } from '../bareFusion.ts'
import { settableClock, type SettableClock } from '../settableClock.ts'
import { REFUND_WINDOW_MS } from '../tinyRefund.ts'
import { until } from '../until.ts'
import { actingConsole, ID } from './actingConsole.ts'
import { ActionBench } from './actionBench.ts'

/** Readings come 2 s, 5 s, 15 s and 30 s after one another, and then every minute. */
const PACE_MS = [2_000, 5_000, 15_000, 30_000, 60_000]

let bench: ActionBench
let clock: SettableClock

beforeEach(async () => {
  bench = await ActionBench.open()
  clock = settableClock(1_760_000_100_000)
  // The reply is lost: the request arrived, and the socket is closed without an answer.
  bench.answering = (response) => response.socket?.destroy()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await bench.close()
})

/** Sends a refund whose reply is lost, on a clock that the test moves. */
async function lost(): Promise<string> {
  await bench.start({ options: { clock } })
  const answer = await bench.give(await bench.prepare())
  expect(answer).toMatchObject({ outcome: 'unknown' })
  expect(bench.refunds).toHaveLength(1)
  return answer.actionId
}

/** Moves the clock to the next reading and waits until it was made and thought over. */
async function readNext(id: string): Promise<ActionRecord> {
  const before = await bench.client.actions.next({})
  const planned = before.actions.find((action) => action.id === id)
  const nextReadAtMs = planned?.nextReadAtMs ?? null
  if (nextReadAtMs === null) throw new Error('Nobody reads.')
  clock.advance(nextReadAtMs - clock.nowMs())
  return until('the reading', async () => {
    const { actions } = await bench.client.actions.next({})
    const action = actions.find((one) => one.id === id)
    return action !== undefined && action.nextReadAtMs !== nextReadAtMs ? action : null
  })
}

function kindsOf({ steps }: ActionRecord): string[] {
  return steps.map(({ kind }) => kind)
}

test('one that left no sign is settled only by readings over the whole window', async () => {
  const id = await lost()
  const states: string[] = []
  let action = await readNext(id)
  states.push(action.state)
  while (action.state === 'unknown' && states.length < PACE_MS.length) {
    action = await readNext(id)
    states.push(action.state)
  }
  // Three readings span 20 s: after 2 s, 7 s and 22 s.
  expect(REFUND_WINDOW_MS).toBe(20_000)
  expect(states).toEqual(['unknown', 'unknown', 'notExecuted'])
  expect(kindsOf(action)).toEqual(['sending', 'unknown', 'read', 'read', 'read', 'notExecuted'])
  expect(action.why).toContain('3 readings over 20 s')
  expect(bench.refunds).toHaveLength(1)
})

test('a clock that is set forward between the readings makes no window shorter', async () => {
  const trace = upstreamOf('fusion').commands?.find(({ name }) => name === 'tinyRefund')?.trace
  Object.assign(trace ?? {}, { windowMs: 60_000 })
  try {
    const id = await lost()
    for (const [count, waitMs] of PACE_MS.slice(0, 4).entries()) {
      clock.set(clock.nowMs() + 60 * 60_000)
      clock.advance(waitMs)
      const { state } = await bench.action('read', (one) => one.id === id && one.readCount === count + 1)
      expect(state).toBe('unknown')
    }
  } finally {
    Object.assign(trace ?? {}, { windowMs: REFUND_WINDOW_MS })
  }
})

test('nobody reads for one at another place that has its name by now', async () => {
  const id = await lost()
  await bench.stop()
  const elsewhere = await bareFusion()
  elsewhere.intents.set(ID, bench.fusion.intents.get(ID) ?? '')
  const moved = await actingConsole({
    dataDir: bench.dataDir,
    url: elsewhere.url,
    sketch: { options: { clock } },
  })
  try {
    clock.advance(60_000)
    const { actions } = await moved.client().actions.next({})
    expect(actions).toMatchObject([{ id, state: 'unknown', readCount: 0, nextReadAtMs: null }])
  } finally {
    await moved.close()
    await elsewhere.close()
  }
})

test('the control: an engine that believes a single reading settles it wrongly', async () => {
  vi.spyOn(Absence.prototype, 'isProof').mockReturnValue(true)
  const id = await lost()
  expect((await readNext(id)).state).toBe('notExecuted')
})

test('one that was carried out is found by the next reading, and blocks a second until then', async () => {
  const id = await lost()
  const blocked = await bench.prepare()
  expect(blocked).toMatchObject({ isOpen: false, why: expect.stringContaining(id) as string })
  expect((await bench.give(blocked)).outcome).toBe('closed')
  expect((await readNext(id)).state).toBe('unknown')
  bench.say('failed', { updatedAt: new Date(1_760_000_060_000).toISOString() })
  const action = await readNext(id)
  expect(action).toMatchObject({ state: 'accepted', isLate: false, nextReadAtMs: null })
  expect(bench.refunds).toHaveLength(1)
})

test('what contradicts itself, lags or cannot be read proves nothing, and the readings go on', async () => {
  const id = await lost()
  await readNext(id)
  await readNext(id)
  // A replica that is further on, and one that is not: neither no sign nor a sign.
  bench.say('executing', { updatedAt: new Date(1_760_000_060_000).toISOString() })
  await readNext(id)
  bench.fusion.intents.delete(ID)
  await readNext(id)
  const action = await readNext(id)
  expect(action.state).toBe('unknown')
  expect(action.nextReadAtMs).toBe(clock.nowMs() + 60_000)
  expect(bench.refunds).toHaveLength(1)
})

test('a person settles it with the evidence, and what comes to light later flips that and is told', async () => {
  const id = await lost()
  const { client } = bench
  await expect(
    client.actions.resolve({ action: id, wasCarriedOut: false, reason: '  ' }),
  ).rejects.toMatchObject({ data: { code: 'usage' } })
  const settled = await client.actions.resolve({
    action: id,
    wasCarriedOut: false,
    reason: 'The operator of the backend has no record of it.',
  })
  expect(settled).toMatchObject({ state: 'notExecuted', isLate: false })
  expect((await bench.prepare()).isOpen).toBe(true)
  bench.push('failed', { updatedAt: new Date(1_760_000_060_000).toISOString() })
  const late = await until('the late sign', async () => {
    clock.advance(1_000)
    const { actions, lateCount } = await client.actions.next({})
    return lateCount === 1 ? actions[0] : null
  })
  expect(late).toMatchObject({ id, state: 'accepted', isLate: true })
  expect(kindsOf(late)).toEqual(['sending', 'unknown', 'resolved', 'appliedLate'])
  // Somebody has seen it.
  const seen = await client.actions.resolve({ action: id, wasCarriedOut: true, reason: 'Told the customer.' })
  expect(seen).toMatchObject({ state: 'accepted', isLate: false })
})

test('a sign that is pushed settles it before anybody reads', async () => {
  const id = await lost()
  bench.push('failed', { updatedAt: new Date(1_760_000_060_000).toISOString() })
  const settled = await until('the sign', async () => {
    const { actions } = await bench.client.actions.next({})
    if (actions[0]?.state !== 'unknown') return actions[0]
    // Less than until the first reading.
    clock.advance(100)
    return null
  })
  expect(settled).toMatchObject({ id, state: 'accepted', isLate: false })
})
