import { afterEach, beforeEach, expect, it } from 'vitest'
import { bareFrames, type BareFrames } from '../../../test/bareFrames.ts'
import { settableClock, type SettableClock } from '../../../test/settableClock.ts'
import { until } from '../../../test/until.ts'
import { Desk } from '../../../test/upstreamDesk.ts'
import type { Upstream } from '../upstream.ts'
import { oneinchFusion } from './index.ts'

const ORDERS = '/fusion/orders/v2.0/1/order'
const hashOf = (n: number): string => `0x${n.toString(16).padStart(64, '0')}`

let server: BareFrames
let desk: Desk
let clock: SettableClock
/** What REST says of each order; those that it does not name are not known. */
let statuses: Record<string, string>
/** Whether listings over the socket are answered. */
let isListing: boolean

beforeEach(async () => {
  server = await bareFrames()
  desk = new Desk()
  clock = settableClock()
  statuses = {}
  isListing = true
  server.answerFrame = (frame) => reply(frame as { method: string; param?: { page: number } })
  server.answerRest = (request, response, body) => {
    const [, hash] = /\/order\/status\/(\w+)$/.exec(request.url ?? '') ?? []
    const hashes =
      hash === undefined
        ? (JSON.parse(body || '{"orderHashes":[]}') as { orderHashes: string[] }).orderHashes
        : [hash]
    const known = hashes
      .filter((one) => one in statuses)
      .map((one) => ({ orderHash: one, status: statuses[one] }))
    if (hash !== undefined && known.length === 0) response.writeHead(404)
    response.end(JSON.stringify(hash === undefined ? known : (known[0] ?? {})))
    return true
  }
})

afterEach(async () => {
  const closed = desk.close()
  await until('the end', async () => {
    clock.advance(100)
    return Promise.race([
      closed.then(() => true),
      new Promise<boolean>((resolve) => setImmediate(resolve, false)),
    ])
  })
  await server.close()
})

function reply({ method, param }: { method: string; param?: { page: number } }): object | null {
  if (method !== 'getActiveOrders')
    return { method, result: method === 'ping' ? 'pong' : ['ping', 'getActiveOrders'] }
  const page = param?.page ?? 1
  const result = { meta: { currentPage: page, totalPages: 3 }, items: [{ orderHash: hashOf(page) }] }
  return isListing ? { method, result } : null
}

async function connected(settings: object = {}): Promise<void> {
  await desk.connect(oneinchFusion as Upstream, { url: server.url, settings, clock })
  await until('the connection', () => desk.resumed.length === 1)
}

function kinds(): string[] {
  return desk.events.map(({ kind }) => kind)
}

/** Lets time pass in steps until something holds. */
function passing<T>(what: string, holds: () => T): Promise<T> {
  return until(what, () => {
    clock.advance(250)
    return holds()
  })
}

it('lists all pages first, one question at a time, and hands on what was heard meanwhile only then', async () => {
  server.greet = () => {
    server.say({ event: 'order_filled', result: { orderHash: hashOf(9) } })
  }
  await connected()
  await until('the event', () => kinds().includes('order_filled'))
  expect(kinds().filter((kind) => /getActiveOrders|order_filled/.test(kind))).toEqual([
    'getActiveOrders',
    'getActiveOrders',
    'getActiveOrders',
    'order_filled',
  ])
  const [filled] = desk.ofKind('order_filled')
  const [page] = desk.ofKind('getActiveOrders')
  expect(filled?.receivedAtMs).toBeLessThanOrEqual(page?.receivedAtMs ?? 0)
  expect(
    server.heard.filter((frame) => (frame as { method: string }).method === 'getActiveOrders'),
  ).toHaveLength(3)
})

it('does not hold events back behind a listing that never comes', async () => {
  isListing = false
  await connected()
  server.say({ event: 'order_filled', result: { orderHash: hashOf(9) } })
  await passing('the event', () => kinds().includes('order_filled'))
  await passing('the listing over REST', () =>
    server.reads.some((read) => read.startsWith(`GET ${ORDERS}/active?page=1`)),
  )
})

it('reads every order again that it heard of, many in one question, and singly where that is not had', async () => {
  statuses = { [hashOf(1)]: 'pending', [hashOf(2)]: 'filled', [hashOf(3)]: 'pending' }
  await connected()
  await passing('the readings', () => desk.ofKind('POST /order/status').length > 0)
  const asked = JSON.parse(desk.ofKind('POST /order/status')[0]?.payload ?? '{}') as { asked: string[] }
  expect(asked.asked).toEqual([1, 2, 3].map(hashOf))
  expect(desk.ofKind('GET /order/status/:orderHash')).toEqual([])

  statuses[hashOf(4)] = 'pending'
  server.say({ event: 'order_created', result: { orderHash: hashOf(4) } })
  server.say({ event: 'order_created', result: { orderHash: hashOf(5) } })
  await passing(
    'the one that the answer left out',
    () => desk.ofKind('GET /order/status/:orderHash').length > 0,
  )
  expect(desk.ofKind('GET /order/status/:orderHash')[0]?.payload).toContain(
    `"asked":["${hashOf(5)}"],"httpStatus":404`,
  )
})

it('repairs a gap by reading every open order again, and says how many', async () => {
  await connected()
  desk.open = [7, 8].map((n) => ({
    id: String(n),
    aliases: [{ kind: 'orderHash', value: hashOf(n) }],
    status: 'pending',
    lastHeardAtMs: 0,
  }))
  statuses = { [hashOf(7)]: 'expired', [hashOf(8)]: 'pending' }
  server.drop()
  await until('the loss', () => desk.lost.length === 1)
  await passing('the repair', () => desk.repaired.length === 1)
  expect(desk.repaired).toEqual([{ readCount: 2, failedCount: 0 }])
  const [repair] = desk.events.filter(
    ({ origin, kind }) => origin === 'repair' && kind === 'POST /order/status',
  )
  expect(repair?.payload).toContain(hashOf(7))
  expect(
    desk.events.filter(({ kind, origin }) => kind === 'getActiveOrders' && origin === 'repair'),
  ).toHaveLength(3)
})

it('hands on a late word about an order that is over only behind a reading of it', async () => {
  await connected()
  statuses = { [hashOf(6)]: 'filled' }
  server.say({ event: 'order_filled', result: { orderHash: hashOf(6) } })
  await until('the end', () => kinds().includes('order_filled'))
  const before = desk.events.length
  server.say({ event: 'order_filled_partially', result: { orderHash: hashOf(6), remainingMakerAmount: '1' } })
  await passing('the late word', () => kinds().includes('order_filled_partially'))
  const after = desk.events.slice(before).filter(({ payload }) => payload.includes(hashOf(6)))
  expect(after.map(({ kind }) => kind)).toEqual([
    expect.stringContaining('/order/status'),
    'order_filled_partially',
  ])
})

it('reads the orders of a followed maker, and an order again after its deadline', async () => {
  statuses = { [hashOf(4)]: 'pending' }
  await connected({ watchMakers: ['0xf2'], pingIntervalMs: 300_000, staleAfterMs: 600_000 })
  await until('the maker', () => server.reads.includes(`GET ${ORDERS}/maker/0xf2?page=1&limit=100`))
  const deadlineMs = clock.nowMs() + 60_000
  const deadline = new Date(deadlineMs).toISOString()
  server.say({ event: 'order_created', result: { orderHash: hashOf(4), deadline } })
  const readings = (): number =>
    desk.events.filter(({ kind, payload }) => kind.includes('/order/status') && payload.includes(hashOf(4)))
      .length
  await passing('the first reading', () => readings() > 0)
  expect(clock.nowMs()).toBeLessThan(deadlineMs)
  const before = readings()
  await passing('the reading after its deadline', () => readings() > before)
  expect(clock.nowMs()).toBeGreaterThan(deadlineMs)
})
