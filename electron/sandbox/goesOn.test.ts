import fc from 'fast-check'
import { expect, it } from 'vitest'
import { askSandbox } from '../../test/askSandbox.ts'
import { SANDBOX_SYSTEMS, startSandbox, type Sandbox, type SandboxOptions } from './index.ts'
import { settableClock, type SettableClock } from './kit/clock.ts'
import { isOver } from './world/intent.ts'

const STARTED_AT_MS = 1_800_000_000_000
const MINUTE_MS = 60_000

/** Story time that both tell on after the second start: longer than most waits. */
const ON_MS = 5 * MINUTE_MS

interface Pair {
  clock: SettableClock
  /** Ran from the start. */
  through: Sandbox
  /** Was started `afterMs` of the clock later. */
  again: Sandbox
  close: () => Promise<unknown>
}

/** A sandbox that runs through, and another of the same seed that is started later, with what `since` says. */
async function pair(
  { seed, rate, afterMs }: { seed: number; rate: number; afterMs: number },
  since: Partial<SandboxOptions>,
): Promise<Pair> {
  const clock = settableClock(STARTED_AT_MS)
  const through = await startSandbox({ seed, rate, clock })
  clock.advanceBy(afterMs)
  const again = await startSandbox({ seed, rate, clock, ...since })
  clock.advanceBy(ON_MS / rate)
  return {
    clock,
    through,
    again,
    close: () => Promise.all([through.close(), again.close()]),
  }
}

interface Said {
  atMs: number
  room: string
  event: string
  payload: unknown
}

/** All that one system said since an instant. */
function said({ history }: Sandbox, system: keyof Sandbox['history'], sinceMs: number): Said[] {
  return history[system].events
    .filter(({ atMs }) => atMs > sinceMs)
    .map(({ atMs, room, event, payload }) => ({ atMs, room, event, payload }))
}

/** Each thing as text: thousands of them are compared so in no time. */
function lines(things: readonly unknown[]): string[] {
  const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)
  return things.map((thing) => JSON.stringify(thing, plain))
}

/** What the DeFi API's swaps became since an instant. */
function saidOf({ history }: Sandbox, sinceMs: number): { intent_id: string; status: string }[] {
  const events = history['defi-api'].events.filter(({ atMs }) => atMs > sinceMs)
  return events.map(({ payload }) => payload as { intent_id: string; status: string })
}

it(
  'tells on as if it had never been ended: the same ids, states and times in every system',
  { timeout: 60_000 },
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          rate: fc.constantFrom(1, 3, 20),
          afterMs: fc.integer({ min: 0, max: 2 * MINUTE_MS }),
        }),
        async (start) => {
          const { through, again, close } = await pair(start, { startedAtMs: STARTED_AT_MS })
          try {
            expect(lines([...again.world.intents()])).toEqual(lines([...through.world.intents()]))
            for (const system of SANDBOX_SYSTEMS) {
              const since = STARTED_AT_MS + start.afterMs
              expect(lines(said(again, system, since)), system).toEqual(lines(said(through, system, since)))
              expect(said(again, system, since).length, system).toBeGreaterThan(0)
            }
          } finally {
            await close()
          }
        },
      ),
      // Each run tells five stories twice.
      { numRuns: 4 },
    ),
)

it('control: the same seed begun at another instant says the same ids with other times', async () => {
  const { through, again, close } = await pair({ seed: 7, rate: 1, afterMs: 2 * MINUTE_MS }, {})
  const both = [...again.world.intents()].filter(({ id }) => through.world.find(id) !== undefined)
  expect(both.length).toBeGreaterThan(1_000)
  expect(both.some(({ id, createdAtMs }) => through.world.find(id)?.createdAtMs === createdAtMs)).toBe(false)
  await close()
})

it(
  'after a long absence has all that was under way, as it became, and a past of its own',
  { timeout: 60_000 },
  async () => {
    // One hour of story and eight: less than what the one that runs through remembers.
    const [rate, usedMs, awayMs] = [60, MINUTE_MS, 8 * MINUTE_MS]
    const absence = { fromMs: STARTED_AT_MS + usedMs, untilMs: STARTED_AT_MS + usedMs + awayMs }
    const clock = settableClock(STARTED_AT_MS)
    const start: SandboxOptions = { seed: 7, rate, clock, systems: ['fusion'] }
    const through = await startSandbox(start)
    clock.advanceBy(usedMs)
    const open = [...through.world.intents()].filter((intent) => !isOver(intent))
    clock.advanceBy(awayMs)
    const again = await startSandbox({ ...start, startedAtMs: STARTED_AT_MS, absence })
    expect(open.length).toBeGreaterThan(200)
    expect(lines(open.map(({ id }) => again.world.find(id)))).toEqual(lines(open))
    const told = [...again.world.intents()]
    expect(lines(told)).toEqual(lines(told.map(({ id }) => through.world.find(id))))
    expect(told.length).toBeLessThan([...through.world.intents()].length / 2)
    expect(told.filter((intent) => !isOver(intent)).length).toBeGreaterThan(200)
    await Promise.all([through.close(), again.close()])
  },
)

it.each([
  ['oneinch-fusion', '/fusion/orders/v2.0/1/order/status'],
  ['oneinch-fusion-plus', '/fusion-plus/orders/v1.1/order/status'],
] as const)('every order of %s stands as if it had never been ended', async (system, path) => {
  const clock = settableClock(STARTED_AT_MS)
  const start = { seed: 7, rate: 20, clock, systems: [system] }
  const through = await startSandbox(start)
  clock.advanceBy(MINUTE_MS)
  const orderHashes = said(through, system, 0).flatMap(({ event, payload }) =>
    event === 'order_created' ? [(payload as { result: { orderHash: string } }).result.orderHash] : [],
  )
  const again = await startSandbox({ ...start, startedAtMs: STARTED_AT_MS })
  const asked = { orderHashes: orderHashes.slice(0, 500) }
  const [one, other] = [await askSandbox(through, path, asked), await askSandbox(again, path, asked)]
  expect((JSON.parse(one.text) as object[]).length).toBeGreaterThan(300)
  expect(other).toEqual(one)
  await Promise.all([through.close(), again.close()])
})

it('a crowd changes nothing of those who come by themselves, and never comes again', async () => {
  const start = { seed: 7, rate: 1, afterMs: MINUTE_MS }
  const { clock, through, again, close } = await pair(start, { startedAtMs: STARTED_AT_MS })
  const crowdIn = (sandbox: Sandbox): Set<string> => {
    const atMs = clock.nowMs()
    sandbox.faults['defi-api'].apply('flood 20')
    return new Set(saidOf(sandbox, atMs - 1).map(({ intent_id: id }) => id))
  }
  const sinceMs = clock.nowMs()
  const crowd = crowdIn(through)
  clock.advanceBy(MINUTE_MS)
  const natives = saidOf(through, sinceMs - 1).filter(({ intent_id: id }) => !crowd.has(id))
  expect(natives).toEqual(saidOf(again, sinceMs - 1))
  expect(natives.length).toBeGreaterThan(20)
  const later = crowdIn(again)
  expect([crowd.size, later.size]).toEqual([20, 20])
  expect([...later].filter((id) => crowd.has(id))).toEqual([])
  await close()
})

it('cannot go on before it has begun', async () => {
  const clock = settableClock(STARTED_AT_MS)
  await expect(startSandbox({ seed: 7, rate: 1, clock, startedAtMs: STARTED_AT_MS + 1 })).rejects.toThrow(
    RangeError,
  )
})
