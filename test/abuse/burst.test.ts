import { afterEach, expect, it } from 'vitest'
import { until } from '../until.ts'
import { Burst, greedily, patiently, type Take } from './burst.ts'

/** The queue's own bound, the batch under way, and what one read of the network can bring at once. */
const MOST_IN_MEMORY = 30_000

const COUNT = 50_000

const LIMIT = { timeout: 90_000 }

let burst: Burst

afterEach(() => burst.close())

it(
  'a burst faster than the disk waits in the network: no intent event is lost, samples are counted',
  LIMIT,
  async () => {
    burst = await Burst.begin(patiently)
    burst.send(COUNT)
    await burst.stored(COUNT)
    expect(burst.storedCount).toBe(COUNT)
    expect(burst.mostBehind).toBeLessThan(MOST_IN_MEMORY)
    expect(burst.mostBehind).toBeGreaterThan(10_000)
    expect([...burst.droppedKinds]).toEqual(['mempool:stats'])
    expect(burst.samples.stored + burst.samples.dropped).toBe(burst.samples.sent)
  },
)

it('control: an adapter that does not wait for room holds the whole burst in memory', LIMIT, async () => {
  burst = await Burst.begin(greedily)
  burst.send(COUNT)
  await until('all of it in memory', () => burst.mostBehind > MOST_IN_MEMORY)
})

/** The connection is given up while the disk stands still and the queue is full, and more comes over the next one. */
async function droppedWhileFull(take: Take): Promise<() => void> {
  burst = await Burst.begin(take, { staleAfterMs: 2_000, pingIntervalMs: 1_000 })
  const release = burst.hold()
  burst.send(COUNT / 2)
  await until('a full queue', () => burst.mostBehind > 20_000)
  // A connection that is not read from notices its end by its silence.
  burst.fusion.drop()
  await until(
    'the next connection',
    () => burst.fusion.sockets.length === 2 && burst.fusion.listeners() === 1,
  )
  burst.send(COUNT)
  return release
}

it(
  'nor does a new connection fill the memory while the queue is still full from the one before',
  LIMIT,
  async () => {
    const release = await droppedWhileFull(patiently)
    const before = burst.mostBehind
    await until('its first words', () => burst.mostBehind > before)
    for (let turn = 0; turn < 500; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(burst.mostBehind).toBeLessThan(MOST_IN_MEMORY)
    release()
  },
)

it('control: without waiting it does', LIMIT, async () => {
  const release = await droppedWhileFull(greedily)
  await until('all of it in memory', () => burst.mostBehind > COUNT)
  release()
})
