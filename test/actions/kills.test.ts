import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Store } from '../../electron/store/store.ts'
import type { ActionState } from '../../shared/api/action.ts'
import { ActionBench } from './actionBench.ts'
import { KILL_POINTS, type KillPoint } from './killPoints.ts'

/** Two starts of a console, one of them a process of its own, on a machine that does other things too. */
const LIMIT_MS = 120_000

/** What stands in the ledger after a death at each point, and how many requests arrived. */
const LEFT: Record<KillPoint, { state: ActionState | null; requestCount: number }> = {
  'confirmed, not recorded': { state: null, requestCount: 0 },
  'recorded, not sent': { state: 'unknown', requestCount: 0 },
  'arrived, not answered': { state: 'unknown', requestCount: 1 },
  'answered, not recorded': { state: 'unknown', requestCount: 1 },
  'outcome recorded': { state: 'accepted', requestCount: 1 },
  'while reading': { state: 'unknown', requestCount: 1 },
}

let bench: ActionBench

beforeEach(async () => {
  bench = await ActionBench.open()
})

afterEach(() => bench.close())

/** Lets a console in a process of its own send a refund and die at a point. */
async function actAndDie(point: KillPoint): Promise<void> {
  const root = new URL('killRoot.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [root, bench.dataDir, bench.fusion.url, point], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = once(child, 'close')
  const { answering } = bench
  if (point === 'arrived, not answered') bench.answering = () => child.kill('SIGKILL')
  if (point === 'while reading') bench.answering = (response) => response.socket?.destroy()
  const [, signal] = (await ended) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  bench.answering = answering
}

/** Starts the console anew and tells what it found. */
async function restarted(wrap?: (store: Store) => Store) {
  const client = await bench.start(wrap === undefined ? {} : { wrap })
  const { actions, openCount } = await client.actions.next({})
  return { states: actions.map(({ state }) => state), openCount, requestCount: bench.refunds.length }
}

test.each(KILL_POINTS)(
  'killed when it was %s, a console sends nothing twice and says what it does not know',
  async (point) => {
    await actAndDie(point)
    const { state, requestCount } = LEFT[point]
    expect(await restarted()).toEqual({
      states: state === null ? [] : [state],
      openCount: state === 'unknown' ? 1 : 0,
      requestCount,
    })
    if (state !== 'unknown') return
    // A second attempt waits until somebody has settled the first, with a reason.
    const { client } = bench
    const [first] = (await client.actions.next({})).actions
    const blocked = await bench.prepare()
    expect(blocked.isOpen).toBe(false)
    expect((await bench.give(blocked)).outcome).toBe('closed')
    expect(bench.refunds).toHaveLength(requestCount)
    await client.actions.resolve({
      action: first?.id ?? '',
      wasCarriedOut: false,
      reason: 'Asked the backend.',
    })
    expect((await bench.give(await bench.prepare())).outcome).toBe('accepted')
    expect(bench.refunds).toHaveLength(requestCount + 1)
  },
  LIMIT_MS,
)

test(
  'the control: a console that sends again what was open at its start is caught',
  async () => {
    await actAndDie('arrived, not answered')
    const eager = (store: Store): Store => ({
      ...store,
      openActions: async () => {
        const open = await store.openActions()
        for (const { request } of open.filter(({ state }) => state === 'sending')) {
          await fetch(request.url, { method: request.method, body: request.bodyText })
        }
        return open
      },
    })
    const { requestCount } = await restarted(eager)
    expect(requestCount).toBeGreaterThan(LEFT['arrived, not answered'].requestCount)
  },
  LIMIT_MS,
)
