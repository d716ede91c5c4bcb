import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CARELESS } from './carelessCarriers.ts'
import { sampleRouter, type SampleRouter, type Waits } from './sampleRouter.ts'
import { CARRIERS, type OpenStation, type Station, type Way } from './stations.ts'

const stations: Station<SampleRouter>[] = []
afterEach(async () => {
  for (const station of stations.splice(0)) await station.close()
})

async function stationOf(open: OpenStation, waits?: Waits): Promise<Station<SampleRouter>> {
  const opened = await open(sampleRouter(waits))
  stations.push(opened)
  return opened
}

const INPUTS = [0, false, '', null, 'text', [0], {}]

/** Whether an input comes out at the other end as it went in. */
async function isBrought({ client }: Way<SampleRouter>, input: unknown): Promise<boolean> {
  const type = input === null ? 'null' : typeof input
  return isDeepStrictEqual(await client.echo(input), { input, type })
}

/** Asks for tags that are all ready at once, and answers with them in the order in which they came. */
async function arrivals({ client }: Way<SampleRouter>, tags: readonly number[]): Promise<number[]> {
  const arrived: number[] = []
  const asked = tags.map(async (tag) => {
    const answer = await client.later({ turns: 0, tag })
    arrived.push(answer)
    return answer
  })
  expect(await Promise.all(asked)).toEqual(tags)
  return arrived
}

/** Whether a message ends the way, rather than leaving it open for the next call. */
function isHungUpOn({ client, sendRaw, closed }: Way<SampleRouter>, text: string): Promise<boolean> {
  sendRaw(text)
  const goesOn = client.number({ value: 1 }).then(
    () => false,
    () => true,
  )
  return Promise.race([closed.then(() => true), goesOn])
}

describe.each(CARRIERS)('carrier: $name', ({ open }) => {
  const station = (waits?: Waits) => stationOf(open, waits)
  const join = async (waits?: Waits) => (await station(waits)).join()

  test.each(INPUTS)('brings %j as it is', async (input) => {
    expect(await isBrought(await join(), input)).toBe(true)
  })

  test('brings a bigint as it is, and nothing as nothing', async () => {
    const { client } = await join()
    expect(await client.echo(2n ** 256n - 1n)).toEqual({ input: 2n ** 256n - 1n, type: 'bigint' })
    expect(await client.echo(undefined)).toMatchObject({ type: 'undefined' })
  })

  test('keeps the order of answers that are ready in order, and each answer with its question', async () => {
    const tags = Array.from({ length: 200 }, (_, tag) => tag)
    expect(await arrivals(await join(), tags)).toEqual(tags)
  })

  test('lets a quick answer overtake a slow one, each with its question', async () => {
    const { client } = await join()
    const arrived: number[] = []
    const ask = async (turns: number, tag: number) => arrived.push(await client.later({ turns, tag }))
    await Promise.all([ask(50, 1), ask(0, 2)])
    expect(arrived).toEqual([2, 1])
  })

  test('carries a large batch whole', async () => {
    const { client } = await join()
    const rows = await client.rows({ count: 20_000 })
    expect(rows).toHaveLength(20_000)
    expect(rows.at(-1)).toEqual({ row: 19_999, text: 'x'.repeat(200), amount: 2n ** 256n - 1n })
  })

  test('answers an unknown name, a wrong input and a defect as typed failures that tell nothing of the inside', async () => {
    const { client, call } = await join()
    for (const name of ['nothing', 'constructor', '__proto__', 'to/string', '../echo', 'äöü']) {
      await expect(call([name], {})).rejects.toMatchObject({ code: 'FAILED', data: { code: 'not-found' } })
    }
    const wrong = client.number({ value: 'one' as never })
    await expect(wrong).rejects.toMatchObject({ code: 'FAILED', data: { code: 'usage' } })
    const defect = await client.broken().catch((error: unknown) => error)
    expect(defect).toMatchObject({ code: 'FAILED', data: { code: 'internal' } })
    expect(JSON.stringify(defect)).not.toMatch(/secret|home|\.ts/)
    expect(await client.number({ value: 1 })).toBe(2)
  })

  test('serves others while one reader sleeps, and gives that one everything in order when it wakes', async () => {
    const { join } = await station()
    const slow = await join({ isAsleep: true })
    const answers = Promise.all(Array.from({ length: 10 }, () => slow.client.rows({ count: 5_000 })))
    const quick = await join()
    expect(await quick.client.rows({ count: 5_000 })).toHaveLength(5_000)
    expect(slow.heard).toHaveLength(0)
    slow.wake()
    expect((await answers).map((rows) => rows.length)).toEqual(Array.from({ length: 10 }, () => 5_000))
    const ids = slow.heard.map((text) => Number.parseInt((JSON.parse(text) as { i: string }).i, 36))
    expect(ids).toEqual(ids.toSorted((one, other) => one - other))
  })

  test('is not shaken by a page that goes away in the middle of an answer', async () => {
    const { join } = await station()
    for (let round = 0; round < 5; round += 1) {
      const leaving = await join()
      const answer = leaving.client.rows({ count: 20_000 }).then(
        () => 'whole',
        () => 'gone',
      )
      if (round % 2 === 0) await vi.waitUntil(() => leaving.heard.length > 0)
      leaving.hangUp()
      await leaving.closed
      expect(['whole', 'gone']).toContain(await answer)
    }
    expect(await (await join()).client.number({ value: 1 })).toBe(2)
  })

  test('goes on after a drop where it was: asked from the last cursor, nothing is lost and nothing comes twice', async () => {
    const { join } = await station()
    const seen: number[] = []
    let drops = 0
    while (seen.length < 100) {
      const { client, closed, hangUp } = await join()
      const lost = closed.then(() => null)
      for (const isHungUp of [false, false, true]) {
        const asked = client.after({ since: seen.at(-1) ?? 0 }).catch(() => null)
        if (isHungUp) hangUp()
        const batch = await Promise.race([asked, lost])
        if (batch === null) break
        seen.push(...batch)
      }
      drops += 1
    }
    expect(seen).toEqual(Array.from({ length: 100 }, (_, at) => at + 1))
    expect(drops).toBeGreaterThan(3)
  })

  test('aborts what is under way when the page goes away, and when the page gives it up', async () => {
    const waits = { begun: 0, aborted: 0 }
    const { client, hangUp } = await join(waits)
    const giveUp = new AbortController()
    const given = client.wait(undefined, { signal: giveUp.signal }).catch(() => 'gone')
    const left = client.wait().catch(() => 'gone')
    await vi.waitUntil(() => waits.begun === 2)
    giveUp.abort()
    await vi.waitUntil(() => waits.aborted === 1)
    hangUp()
    await vi.waitUntil(() => waits.aborted === 2)
    expect(await Promise.all([given, left])).toEqual(['gone', 'gone'])
  })

  test.each([
    ['no JSON', 'nonsense'],
    ['no object', '[]'],
    ['no call', '{"i":"1"}'],
    ['no path', '{"i":"1","p":{"u":7}}'],
    ['a foreign address', '{"i":"1","p":{"u":"http://evil.test/echo"}}'],
    ['an escape that cannot be read', '{"i":"1","p":{"u":"/%E0%A4%A"}}'],
    ['a path with a query', '{"i":"1","p":{"u":"/echo?data=1"}}'],
    ['another method', '{"i":"1","p":{"u":"/echo","m":"GET"}}'],
    ['headers', '{"i":"1","p":{"u":"/echo","h":{"content-type":"text/event-stream"}}}'],
    ['a piece of a stream', '{"i":"1","t":3,"p":{"e":"message"}}'],
    ['too large', `{"i":"1","p":{"u":"/echo","b":{"json":"${'x'.repeat(8 * 1024 * 1024)}"}}}`],
  ])(
    'hangs up on a message that is %s, fails what was under way, and lets the page come again',
    async (_, text) => {
      const waits = { begun: 0, aborted: 0 }
      const { join } = await station(waits)
      const way = await join()
      const underWay = way.client.wait().catch(() => 'failed')
      await vi.waitUntil(() => waits.begun === 1)
      expect(await isHungUpOn(way, text)).toBe(true)
      await way.closed
      expect(await underWay).toBe('failed')
      await vi.waitUntil(() => waits.aborted === 1)
      expect(await (await join()).client.number({ value: 1 })).toBe(2)
    },
  )
})

describe('control: the same looks notice a carrier that', () => {
  test('drops inputs that are empty', async () => {
    const way = await (await stationOf(CARELESS.dropsEmptyInputs)).join()
    const brought = await Promise.all(INPUTS.map((input) => isBrought(way, input)))
    expect(INPUTS.filter((_, at) => brought[at] === false)).toEqual([0, false, '', null])
  })

  test('answers newest first', async () => {
    const way = await (await stationOf(CARELESS.answersNewestFirst)).join()
    expect(await arrivals(way, [1, 2, 3])).not.toEqual([1, 2, 3])
  })

  test('swallows what it cannot read', async () => {
    const way = await (await stationOf(CARELESS.swallowsNonsense)).join()
    expect(await isHungUpOn(way, 'nonsense')).toBe(false)
  })
})
