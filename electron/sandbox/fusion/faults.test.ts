import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox } from '../index.ts'
import { settableClock, type SettableClock } from '../kit/clock.ts'
import { connectBare, type BareClient, type Heard } from './bareClient.ts'

const STARTED_AT_MS = 1_800_000_000_000
const MINUTE = 60_000

/** How long a burst may take on a busy machine, milliseconds. */
const PATIENCE = { timeout: 15_000 }

let clock: SettableClock
let sandbox: Sandbox
let url: string
let clients: BareClient[]

beforeEach(async () => {
  clock = settableClock(STARTED_AT_MS)
  sandbox = await startSandbox({ seed: 7, rate: 1, clock })
  url = sandbox.connections[0]?.url ?? ''
  clients = []
})

afterEach(async () => {
  for (const { socket } of clients) socket.close()
  await sandbox.close()
})

function apply(line: string): void {
  sandbox.faults.fusion.apply(line)
}

function dial(): BareClient {
  const client = connectBare(url)
  clients.push(client)
  return client
}

/** A client that listens to all, after its first counters. */
async function listen(): Promise<BareClient> {
  const client = dial()
  client.socket.emit('subscribe:all')
  await client.take('mempool:stats')
  return client
}

describe('the network', () => {
  it('drop cuts everybody and keeps everybody out until it is over', async () => {
    const client = await listen()
    const ended = client.disconnected()
    apply('drop 5')
    expect(await ended).toBe('transport close')
    await dial().refused()
    await expect(fetch(`${url}/api/health`)).rejects.toThrow()
    clock.advanceBy(5_000)
    await listen()
  })

  it('stall holds events and delivers all of them afterwards, in order', async () => {
    const client = await listen()
    apply('stall 60')
    clock.advanceBy(30_000)
    const answered = client.rest()
    // Another server answers meanwhile, on the same machine: there was time enough to hear something.
    const other = await startSandbox({ seed: 1, rate: 1, clock })
    await fetch(`${other.connections[0]?.url ?? ''}/api/health`)
    await other.close()
    expect(client.heard).toEqual([])
    clock.advanceBy(30_000)
    const heard = await answered
    const offered = sandbox.history.fusion.events.filter(({ room }) => room === 'all-intents')
    expect(heard.length).toBeGreaterThan(50)
    expect(heard).toEqual(offered.slice(0, heard.length).map(({ event, payload }) => ({ event, payload })))
  })

  it('half-open keeps present connections deaf and open, and serves new ones', async () => {
    const client = await listen()
    apply('half-open 60')
    clock.advanceBy(10_000)
    await listen()
    expect(client.socket.connected).toBe(true)
    const ended = client.disconnected()
    clock.advanceBy(50_000)
    expect(await ended).toMatch(/^transport/)
    await listen()
  })
})

describe('the server', () => {
  it('refuse ends present clients and answers new ones with connect_error', async () => {
    const client = await listen()
    const ended = client.disconnected()
    apply('refuse 10')
    expect(await ended).toBe('io server disconnect')
    expect((await dial().refused()).message).toBe('refused by the sandbox')
    clock.advanceBy(10_000)
    await listen()
  })

  it.each([
    ['429', 429, '10'],
    ['503', 503, new Date(STARTED_AT_MS + 10_000).toUTCString()],
  ])('%s answers REST with Retry-After', async (verb, status, retryAfter) => {
    apply(`${verb} 10`)
    const refused = await fetch(`${url}/api/health`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([status, retryAfter])
    clock.advanceBy(10_000)
    expect((await fetch(`${url}/api/health`)).status).toBe(200)
  })
})

describe('the stream', () => {
  const names = (heard: Heard[]): string[] => heard.map((one) => JSON.stringify(one))

  it('repeat sends each event twice in a row', async () => {
    const client = await listen()
    apply('repeat 60')
    clock.advanceBy(30_000)
    const heard = names((await client.rest()).filter(({ event }) => event !== 'pong'))
    expect(heard.length).toBeGreaterThan(50)
    for (let index = 0; index < heard.length; index += 2) expect(heard[index]).toBe(heard[index + 1])
  })

  it('reorder loses nothing and changes the order', async () => {
    const [calm, disturbed] = await Promise.all([listen(), startSandbox({ seed: 7, rate: 1, clock })])
    const other = connectBare(disturbed.connections[0]?.url ?? '')
    clients.push(other)
    other.socket.emit('subscribe:all')
    await other.take('mempool:stats')
    disturbed.faults.fusion.apply('reorder 30')
    clock.advanceBy(30_000)
    const [straight, crooked] = [names(await calm.rest()), names(await other.rest())]
    await disturbed.close()
    const ids = (texts: string[]): string[] => texts.map((text) => text.replace(/"timestamp":\d+/, ''))
    expect(ids(crooked)).not.toEqual(ids(straight))
    expect(ids(crooked).sort()).toEqual(ids(straight).sort())
  })

  it('garble sends many kinds of wrong frames, and the good ones between them', async () => {
    const client = await listen()
    const garbledCount = (): number =>
      sandbox.history.fusion.events.filter(({ isGarbled }) => isGarbled).length
    apply('garble 3000')
    clock.advanceBy(MINUTE)
    await expect.poll(garbledCount, PATIENCE).toBe(3_000)
    const heard = await client.rest()
    const events = new Set(heard.map(({ event }) => event))
    for (const event of ['intent:settlement_proof', 'intent:teleported', '__proto__', 'error', 'intent:new'])
      expect(events).toContain(event)
    const texts = sandbox.history.fusion.events
      .filter(({ isGarbled }) => isGarbled)
      .map(({ payload }) => payload)
    const has = (part: string): boolean => texts.some((text) => String(text).includes(part))
    for (const part of ['"__proto__":', '9007199254740993123', '\\ud800', 'warp_speed', '[[[[[[', 'xxxxxxxx'])
      expect(has(part), part).toBe(true)
    const keyOf = ({ event, payload }: { event: string; payload: unknown }): string => {
      const { intentId, timestamp, total } = (payload ?? {}) as Record<string, unknown>
      return [event, intentId, timestamp, total].map(String).join(' ')
    }
    const heardKeys = new Set(heard.filter(({ payload }) => !Array.isArray(payload)).map(keyOf))
    const good = sandbox.history.fusion.events.filter((one) => !one.isGarbled && one.room === 'all-intents')
    expect(good.length).toBeGreaterThan(200)
    for (const one of good) expect(heardKeys).toContain(keyOf(one))
    expect(client.socket.connected).toBe(true)
  })

  it('babble makes a usual client give up', async () => {
    const client = await listen()
    const ended = client.disconnected()
    apply('babble 20')
    expect(await ended).toBe('parse error')
  })

  it('flood changes real intents, each with a time of its own', async () => {
    const client = await listen()
    apply('flood 5000')
    await expect.poll(() => sandbox.history.fusion.eventCount, PATIENCE).toBeGreaterThanOrEqual(10_000)
    const heard = (await client.rest()).filter(({ event }) => event === 'intent:status_changed')
    expect(heard.length).toBe(5_000)
    const payloads = heard.map(({ payload }) => payload as { intentId: string; updatedAt: string })
    expect(new Set(payloads.map(({ intentId, updatedAt }) => intentId + updatedAt)).size).toBe(5_000)
    for (const { intentId } of payloads) expect(sandbox.world.find(intentId)).toBeDefined()
  })
})

describe('the desk', () => {
  it('takes verbs over HTTP and tells what runs, whatever else is refused', async () => {
    const post = (line: string): Promise<Response> =>
      fetch(`${url}/_sandbox/faults`, { method: 'POST', body: line })
    expect((await post('503 60')).status).toBe(200)
    const board = (await (await fetch(`${url}/_sandbox/faults`)).json()) as { running: unknown }
    expect(board.running).toEqual([{ verb: '503', untilMs: STARTED_AT_MS + MINUTE }])
    const wrong = await post('explode')
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { error: /no fault/ }])
  })

  it('tells the history', async () => {
    clock.advanceBy(10_000)
    await fetch(`${url}/api/health`)
    const history = (await (await fetch(`${url}/_sandbox/history`)).json()) as Record<string, unknown>
    expect(history['eventCount']).toBe(sandbox.history.fusion.eventCount)
    expect(history['readingCounts']).toEqual({ 'GET /api/health': 1 })
  })
})
