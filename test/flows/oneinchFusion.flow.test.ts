import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox } from '../../electron/sandbox/index.ts'
import { until } from '../until.ts'
import { FlowBench } from './flowBench.ts'
import { created, KEY, oneinchPage, reading, START_SEC } from './oneinchPage.ts'
import type { OrderPage } from './orderPage.ts'

const HASH = `0x${'2b'.repeat(32)}`
const OTHER = `0x${'3c'.repeat(32)}`

let bench: FlowBench

beforeEach(() => {
  bench = new FlowBench()
  process.env['FLOW_KEY'] = KEY
})

afterEach(() => bench.close())

async function served(): Promise<OrderPage> {
  return bench.keep(await oneinchPage())
}

async function start({ port }: OrderPage, url = `ws://127.0.0.1:${port}/fusion/ws`): Promise<void> {
  const entry = { id: 'eth', system: 'oneinch-fusion', url, restUrl: `http://127.0.0.1:${port}` }
  await bench.start([{ ...entry, settings: { chainId: 1 }, credential: 'env:FLOW_KEY' }])
  await bench.live()
}

test('an order is on offer, filled in parts and done, with its auction, its fills and its exact amounts', async () => {
  const server = await served()
  await start(server)
  server.orders.set(HASH, reading('pending'))
  server.say('order_created', created(HASH))
  const open = await bench.shown(HASH, 'read', ({ timeline }) =>
    timeline.some(({ origin }) => origin === 'poll'),
  )
  expect(open).toMatchObject({ status: 'pending', phase: 'open', moneyAtRisk: false, isTerminal: false })
  expect(open.source).toMatchObject({ chainId: 1, amount: { decimals: 18, symbol: 'WETH' } })
  expect(open.destination.amount).toMatchObject({
    amountRaw: '4100000000',
    decimals: 6,
    decimalsOrigin: 'list',
  })
  expect(open.deadlines).toContainEqual({ kind: 'intentDeadline', atMs: (START_SEC + 912) * 1_000 })
  const auction = open.panels.find(({ title }) => title === 'Auction')
  expect(auction?.blocks).toContainEqual({
    is: 'curve',
    caption: 'What the whole order pays',
    unit: 'USDC',
    points: [
      { atMs: START_SEC * 1_000, value: '4141' },
      { atMs: (START_SEC + 300) * 1_000, value: '4120.5' },
      { atMs: (START_SEC + 900) * 1_000, value: '4100' },
    ],
  })

  const fill = { txHash: `0x${'f1'.repeat(32)}`, filledMakerAmount: '500000000000000000' }
  const paid = { filledAuctionTakerAmount: '1377000000', takerFeeAmount: null }
  server.orders.set(HASH, reading('partially-filled', { fills: [{ ...fill, ...paid }] }))
  server.say('order_filled_partially', { orderHash: HASH, remainingMakerAmount: '1000000000000000000' })
  const partly = await bench.shown(HASH, 'partly filled', ({ transactions }) => transactions.length > 0)
  expect(partly).toMatchObject({ status: 'partially-filled', phase: 'executing', moneyAtRisk: false })
  const progress = partly.panels.flatMap(({ blocks }) => blocks).find((block) => block.is === 'progress')
  expect(progress).toMatchObject({
    done: { amountRaw: '500000000000000000' },
    total: { amountRaw: '1500000000000000000' },
  })

  server.orders.set(HASH, reading('filled', { fills: [{ ...fill, ...paid }] }))
  server.say('order_filled', { orderHash: HASH })
  const done = await bench.shown(HASH, 'filled', ({ phase }) => phase === 'completed')
  expect(done).toMatchObject({ status: 'filled', isTerminal: true, contradictions: [] })
  expect(done.timeline.flatMap(({ flags }) => flags)).toEqual([])
  expect((await bench.client.intents.get({ id: fill.txHash })).intent.id).toBe(done.id)
})

test('an invalid order is not over: what it is comes from the reading, and a balance shows what is missing', async () => {
  const server = await served()
  await start(server)
  server.orders.set(HASH, reading('not-enough-balance-or-allowance'))
  server.say('order_created', created(HASH))
  server.say('order_balance_or_allowance_change', {
    orderHash: HASH,
    remainingMakerAmount: '1500000000000000000',
    balance: '900000000000000000',
    allowance: '115792089237316195423570985008687907853269984665640564039457584007913129639935',
  })
  server.say('order_invalid', { orderHash: HASH })
  const word = 'not-enough-balance-or-allowance'
  const short = await bench.shown(HASH, 'short of balance', ({ status }) => status === word)
  expect(short).toMatchObject({ phase: 'open', isTerminal: false })
  const funding = short.panels.find(({ title }) => title === 'What stands in the way')
  expect(JSON.stringify(funding)).toContain('not for all that is left')
  server.orders.set(HASH, reading('pending'))
  server.say('order_invalid', { orderHash: HASH })
  const again = await bench.shown(HASH, 'on offer again', ({ status }) => status === 'pending')
  expect(again.timeline.flatMap(({ flags }) => flags)).not.toContain('backward')
})

test('after a silence all pages of the listing and every open order are read again, marked as repaired', async () => {
  const server = await served()
  await start(server)
  server.orders.set(HASH, reading('pending'))
  server.say('order_created', created(HASH))
  await bench.shown(HASH, 'read', ({ timeline }) => timeline.some(({ origin }) => origin === 'poll'))
  const late = `0x${'4d'.repeat(32)}`
  server.listed = [OTHER, late]
  server.orders.set(HASH, reading('expired'))
  server.orders.set(OTHER, reading('pending'))
  server.orders.set(late, reading('pending'))
  server.cut()
  const expired = await bench.shown(HASH, 'expired', ({ phase }) => phase === 'expired')
  expect(expired.timeline.find(({ status }) => status === 'expired')?.origin).toBe('repair')
  expect(expired.timeline.filter(({ kind }) => kind === 'gap')).toHaveLength(1)
  for (const hash of [OTHER, late]) await bench.shown(hash, 'listed', ({ status }) => status === 'pending')
  const { gaps } = await bench.repaired()
  expect(gaps).toHaveLength(1)
  expect(gaps[0]?.repairFailedCount).toBe(0)
})

test('what is repeated, disordered, unknown or broken changes no outcome and stops nothing', async () => {
  const server = await served()
  await start(server, `http://127.0.0.1:${server.port}/fusion/ws/v2.0/1/`)
  server.orders.set(HASH, reading('filled'))
  server.say('order_created', created(HASH))
  server.say('order_filled', { orderHash: HASH })
  await bench.shown(HASH, 'filled', ({ phase }) => phase === 'completed')
  await until('the reading', () => server.asked.some((line) => line.includes('/order/status')))
  server.say('order_created', created(HASH))
  server.say('order_filled_partially', { orderHash: HASH, remainingMakerAmount: '1' })
  server.say('order_teleported', { orderHash: HASH })
  server.say('order_filled', { orderHash: 7 })
  server.orders.set(OTHER, reading('auction_paused'))
  server.say('order_created', created(OTHER))
  const strange = await bench.shown(OTHER, 'read', ({ status }) => status === 'auction_paused')
  expect(strange).toMatchObject({ phase: 'unknown', isTerminal: false })
  const settled = await bench.shown(
    HASH,
    'settled',
    ({ timeline }) => timeline.filter(({ origin }) => origin === 'poll').length > 1,
  )
  expect(settled).toMatchObject({ status: 'filled', phase: 'completed' })
  const { quarantinedCount, drift } = await bench.connection()
  expect(quarantinedCount).toBe(1)
  expect(drift.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['order_teleported', 'auction_paused']),
  )
})

test('a key that is refused is tried once, and nothing of it is kept', async () => {
  const server = await served()
  process.env['FLOW_KEY'] = 'the-wrong-key'
  const entry = { id: 'eth', system: 'oneinch-fusion', url: `ws://127.0.0.1:${server.port}/fusion/ws` }
  await bench.start([{ ...entry, credential: 'env:FLOW_KEY' }])
  await until('the refusal', async () => (await bench.connection()).presence.state === 'needs-credentials')
  const told = JSON.stringify([
    await bench.connection(),
    await bench.client.journal.next({ after: 0, limit: 100 }),
  ])
  expect(told).not.toContain('the-wrong-key')
})

test('the sandbox’s story is told: what each order came to is what the console shows', async () => {
  const sandbox = await startSandbox({ seed: 3, rate: 20, systems: ['oneinch-fusion'] })
  bench.keep(sandbox)
  Object.assign(process.env, sandbox.credentials)
  await bench.start(sandbox.connections)
  const rows = await until('orders in every phase of their life', async () => {
    const found = await bench.client.intents.find({ query: 'system:oneinch-fusion', limit: 10_000 })
    const phases = new Set(found.map(({ phase }) => phase))
    return (['open', 'executing', 'completed'] as const).every((phase) => phases.has(phase)) ? found : null
  })
  expect(rows.length).toBeGreaterThan(30)
  const { quarantinedCount, drift } = await bench.connection()
  expect({ quarantinedCount, drift }).toEqual({ quarantinedCount: 0, drift: [] })
})
