import { once } from 'node:events'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { until } from '../../../test/until.ts'
import { startSandbox, type Sandbox } from '../index.ts'
import { settableClock, type SettableClock } from '../kit/clock.ts'

const SEED = 11
const ORDERS = '/fusion/orders/v2.0/1/order'

let clock: SettableClock
let sandbox: Sandbox
let heard: { event?: string; method?: string; result: unknown }[]
const sockets: WebSocket[] = []

beforeEach(async () => {
  clock = settableClock(Date.UTC(2026, 10, 21, 15))
  sandbox = await startSandbox({ seed: SEED, rate: 1, clock, systems: ['oneinch-fusion'] })
  heard = []
})

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  await sandbox.close()
})

function restUrl(): string {
  return sandbox.connections[0]?.restUrl ?? ''
}

function bearer(): Record<string, string> {
  return { authorization: `Bearer ${Object.values(sandbox.credentials)[0] ?? ''}` }
}

async function listening(): Promise<WebSocket> {
  const socket = new WebSocket(`${sandbox.connections[0]?.url ?? ''}/v2.0/1`, { headers: bearer() })
  sockets.push(socket)
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as (typeof heard)[number]))
  socket.on('error', () => undefined)
  await once(socket, 'open')
  return socket
}

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(restUrl() + path, { headers: bearer() })
  return { status: response.status, body: await response.json() }
}

interface Page {
  meta: { totalItems: number; totalPages: number; currentPage: number }
  items: { orderHash: string; maker: string }[]
}

async function page(query: string): Promise<Page> {
  return (await get(`${ORDERS}/active?${query}`)).body as Page
}

it('lets nobody in without the key, over either door', async () => {
  const response = await fetch(`${restUrl()}${ORDERS}/active`)
  expect(response.status).toBe(401)
  const stranger = new WebSocket(`${sandbox.connections[0]?.url ?? ''}/v2.0/1`)
  sockets.push(stranger)
  const [error] = (await once(stranger, 'error')) as [Error]
  expect(error.message).toContain('401')
})

it('tells a story that the same seed tells again', async () => {
  const other = await startSandbox({ seed: SEED, rate: 1, clock, systems: ['oneinch-fusion'] })
  const url = other.connections[0]?.restUrl ?? ''
  const theirs = (await (await fetch(`${url}${ORDERS}/active`, { headers: bearer() })).json()) as Page
  await other.close()
  expect(theirs).toEqual(await page(''))
  expect(theirs.items.length).toBeGreaterThan(40)
})

it('pages its orders without a gap, and knows each alone, among many and by its maker', async () => {
  const { meta } = await page('limit=7')
  const hashes = new Set<string>()
  for (let at = 1; at <= meta.totalPages; at += 1)
    for (const { orderHash } of (await page(`limit=7&page=${at}`)).items) hashes.add(orderHash)
  expect(hashes.size).toBe(meta.totalItems)
  const [first] = (await page('')).items
  expect((await get(`${ORDERS}/status/${first?.orderHash ?? ''}`)).body).toMatchObject({
    orderHash: first?.orderHash,
  })
  const own = (await get(`${ORDERS}/maker/${first?.maker ?? ''}`)).body as Page
  expect(own.items.map(({ orderHash }) => orderHash)).toContain(first?.orderHash)
  const body = JSON.stringify({ orderHashes: [first?.orderHash, '0x00'] })
  const many = await fetch(`${restUrl()}${ORDERS}/status`, { method: 'POST', body, headers: bearer() })
  expect(((await many.json()) as unknown[]).length).toBe(1)
  expect((await get(`${ORDERS}/status/0x00`)).status).toBe(404)
  expect((await get(`${ORDERS}/active?limit=501`)).status).toBe(400)
})

it('has orders in every state that the wire has a word for', async () => {
  clock.advanceBy(40 * 60_000)
  const { makers } = sandbox.world.cast
  const statuses = new Set<string>()
  for (const { evmAddress } of makers) {
    const { items } = (await get(`${ORDERS}/maker/${evmAddress.toLowerCase()}?limit=500`)).body as {
      items: { status: string }[]
    }
    for (const { status } of items) statuses.add(status)
  }
  expect([...statuses].sort()).toEqual([
    'awaiting-signatures',
    'cancelled',
    'expired',
    'false-predicate',
    'filled',
    'invalid-signature',
    'not-enough-balance-or-allowance',
    'partially-filled',
    'pending',
    'wrong-permit',
  ])
})

it('tells all that happens, and answers requests', async () => {
  const socket = await listening()
  clock.advanceBy(10 * 60_000)
  socket.send('{"method":"ping"}')
  socket.send('{"method":"getActiveOrders","param":{"page":2,"limit":5}}')
  socket.send('no JSON')
  socket.send('{"method":"getSecrets"}')
  await until('the answers', () => heard.filter(({ method }) => method !== undefined).length === 3)
  const kinds = new Set(heard.flatMap(({ event }) => event ?? []))
  expect(kinds.size).toBe(6)
  const answers = heard.filter(({ method }) => method !== undefined).map(({ result }) => result)
  expect(answers[0]).toBe('pong')
  expect(answers[1]).toMatchObject({ meta: { currentPage: 2, itemsPerPage: 5 } })
  expect(answers[2]).toMatchObject({ error: 'unknown method getSecrets' })
})

it('misbehaves as told: garbled frames, a key that expires, patience, and silence', async () => {
  const socket = await listening()
  const faults = sandbox.faults['oneinch-fusion']
  socket.removeAllListeners('message')
  let frames = 0
  socket.on('message', () => (frames += 1))
  faults.apply('garble 300')
  await until('the garbled frames', () => frames === 300)

  faults.apply('speechless 5')
  socket.send('{"method":"ping"}')
  faults.apply('429 7')
  expect(
    (await fetch(`${restUrl()}${ORDERS}/active`, { headers: bearer() })).headers.get('retry-after'),
  ).toBe('7')
  faults.calm()
  const closed = once(socket, 'close')
  faults.apply('expire-token 9')
  expect(((await closed) as [number])[0]).toBe(4401)
  expect((await get(`${ORDERS}/active`)).status).toBe(401)
  clock.advanceBy(9_000)
  expect((await get(`${ORDERS}/active`)).status).toBe(200)
  expect(frames).toBe(300)
})
