import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../electron/store/open.ts'
import type { Store } from '../../electron/store/store.ts'
import { systemClock, type Clock } from '../../electron/upstreams/kit/clock.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { faceless, type Faceless } from './faceless.ts'
import { numberOf, offered } from './offers.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Where the clock stands before the jump: some minutes before an hour of the night is lived twice in much of Europe. */
const START_MS = Date.UTC(2026, 9, 25, 0, 55)

/** The machine's clock, which somebody may set at any time; delays pass as they do. */
interface Watch extends Clock {
  jumpBy: (byMs: number) => void
}

let dataDir: string
let fusion: BareFusion
let store: Store
let console_: Faceless
let watch: Watch

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'jumps-'))
  fusion = await bareFusion()
  store = await openStore({
    dataDir,
    workerUrl: new URL('../../electron/worker.ts', import.meta.url),
    mode: 'write',
  })
  let aheadMs = START_MS - Date.now()
  watch = {
    ...systemClock,
    nowMs: () => Date.now() + aheadMs,
    jumpBy: (byMs) => {
      aheadMs += byMs
    },
  }
  console_ = await faceless({ store, dataDir, url: fusion.url, clock: watch })
  await until('the console to listen', () => fusion.listeners() === 1)
})

afterEach(async () => {
  await console_.close()
  await store.close()
  await fusion.close()
  rmSync(dataDir, { recursive: true })
})

/** Offers so many, and waits until they are shown. */
async function take(from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n += 1) fusion.say('intent:new', offered({ n }))
  await until(`offer ${to}`, async () => (await shown()).at(-1)?.n === to)
}

/** Offers in the order in which the console tells them, with the time at which it says to have heard them. */
async function shown(): Promise<{ n: number; receivedAtMs: number }[]> {
  const { events } = await console_.client.journal.next({ after: 0, limit: 1_000 })
  return events
    .filter(({ kind }) => kind === 'intent:new')
    .map(({ payload, receivedAtMs }) => ({ n: numberOf(payload) ?? 0, receivedAtMs }))
}

const JUMPS: [name: string, byMs: number][] = [
  ['an hour forward', HOUR_MS],
  ['an hour back, as on a night in October where a machine keeps local time', -HOUR_MS],
  ['a day forward', DAY_MS],
  ['a day back', -DAY_MS],
  ['back to 1970', -START_MS],
]

test.each(JUMPS)(
  '%s: told in the order of arrival, no gap ends before it begins, nobody is asked in a burst',
  async (_, byMs) => {
    await take(1, 10)
    const [reads, handshakes] = [fusion.reads.length, fusion.handshakes()]
    watch.jumpBy(byMs)
    await take(11, 20)
    expect((await shown()).map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (__, index) => index + 1))

    const [summary] = (await console_.client.connections.next({})).connections
    expect(summary?.presence.state).toBe('live')
    for (const gap of summary?.gaps ?? [])
      expect(gap.untilMs ?? gap.fromMs).toBeGreaterThanOrEqual(gap.fromMs)
    expect(summary?.eventsPerMinute.every((count) => count >= 0)).toBe(true)
    const status = await console_.client.status.next({})
    expect(status.eventsPerSec).toBeGreaterThanOrEqual(0)
    expect(status.nowMs - (summary?.presence.lastReceivedAtMs ?? 0)).toBeGreaterThanOrEqual(0)
    // At most one new connection, and of the readings one for every intent that was met.
    expect(fusion.handshakes() - handshakes).toBeLessThanOrEqual(1)
    expect(fusion.reads.length - reads).toBeLessThanOrEqual(20)
    expect((await store.verify()).problems).toEqual([])
  },
)

test('the control: by the time of their arrival they would be told in another order', async () => {
  await take(1, 10)
  watch.jumpBy(-DAY_MS)
  await take(11, 20)
  const byTime = (await shown()).sort((a, b) => a.receivedAtMs - b.receivedAtMs).map(({ n }) => n)
  expect(byTime.slice(0, 10)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
})
