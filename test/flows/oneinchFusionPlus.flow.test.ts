import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox } from '../../electron/sandbox/index.ts'
import { until } from '../until.ts'
import { FlowBench } from './flowBench.ts'
import { created, escrow, SECRET, secretShared, status, STRUCT } from './fusionPlusAnswers.ts'
import { fusionPlusPage, type FusionPlusPage } from './fusionPlusPage.ts'

const KEY = 'flow-plus-key'
const HASH = `0x${'2b'.repeat(32)}`
const OTHER = `0x${'3c'.repeat(32)}`
const ORDERS = '/fusion-plus/orders/v1.2/order'

let bench: FlowBench

beforeEach(() => {
  bench = new FlowBench()
  process.env['FLOW_PLUS_KEY'] = KEY
})

afterEach(() => bench.close())

async function served(): Promise<FusionPlusPage> {
  return bench.keep(await fusionPlusPage(KEY))
}

async function start({ port }: FusionPlusPage): Promise<void> {
  const url = `ws://127.0.0.1:${port}/fusion-plus/ws`
  const entry = { id: 'plus', system: 'oneinch-fusion-plus', url, restUrl: `http://127.0.0.1:${port}` }
  await bench.start([{ ...entry, credential: 'env:FLOW_PLUS_KEY' }])
  await bench.live()
}

/** Whether a text stands anywhere in the files of the store, its log included. */
function inStore(text: string): boolean {
  const files = readdirSync(bench.dataDir).filter((name) => name.startsWith('console.db'))
  return files.some((name) => readFileSync(join(bench.dataDir, name)).includes(text))
}

test('an order goes from its auction over both escrows to the end, each stage with who acts next and by when', async () => {
  const server = await served()
  await start(server)
  server.orders.set(HASH, status(HASH, 'pending'))
  server.say('order_created', created(HASH))
  const open = await bench.shown(HASH, 'read', ({ course }) => course.length > 0)
  expect(open).toMatchObject({ status: 'pending', phase: 'open', moneyAtRisk: false })
  expect(open.course.map(({ label }) => label)).toEqual(['Auction running', 'Auction over, not filled'])
  expect(open.source).toMatchObject({ chainId: 1, amount: { decimals: 6, symbol: 'USDC' } })
  expect(open.destination).toMatchObject({ chainId: 42161, amount: { decimals: 18, symbol: 'WETH' } })
  const auction = open.panels.find(({ title }) => title === 'Auction')
  expect(auction?.blocks.map(({ is }) => is)).toContain('curve')

  const lockedAtMs = Math.floor(Date.now() / 1_000) * 1_000
  const source = escrow('src', 'src_escrow_created', lockedAtMs)
  server.orders.set(HASH, status(HASH, 'pending', [source]))
  server.say('order_filled', { orderHash: HASH })
  const locking = await bench.shown(HASH, 'locking', ({ phase }) => phase === 'locking')
  expect(locking).toMatchObject({ status: 'pending', moneyAtRisk: true, fundsLockedAtMs: lockedAtMs })
  expect(locking.course[0]).toMatchObject({ nextActor: 'resolver', byKind: 'sourceCancellation' })
  expect(locking.deadlines).toContainEqual({ kind: 'sourceCancellation', atMs: lockedAtMs + 324_000 })

  const destination = escrow('dst', 'dst_escrow_created', lockedAtMs)
  server.orders.set(HASH, status(HASH, 'pending', [source, destination]))
  server.answers.set(`${ORDERS}/secrets/${HASH}`, {
    orderType: 'SingleFill',
    secrets: [secretShared(HASH)],
    secretHashes: [`0x${'5e'.repeat(32)}`],
  })
  server.say('secret_shared', secretShared(HASH))
  const executing = await bench.shown(
    HASH,
    'paid out',
    ({ phase, course }) => phase === 'executing' && course[0]?.label === 'Secret out, payout pending',
  )
  expect(executing.solver).toBe('0xf1c22ca0432786b73fb7d7f7ae61813967ab20a5')
  expect(executing.deadlines).toContainEqual({ kind: 'destinationWithdrawal', atMs: lockedAtMs + 12_000 })
  const published = await bench.shown(
    HASH,
    'published',
    ({ details }) => details['order type'] === 'SingleFill',
  )
  expect(published.timeline.map(({ kind }) => kind)).toContain('secretPublished')
  const escrows = executing.panels.find(({ title }) => title === 'Escrows')
  expect(escrows?.blocks.map((block) => (block.is === 'table' ? block.caption : ''))).toEqual([
    'Fills, the worst first',
    'Escrows',
    'Timelock windows, by the clock of the block',
  ])

  const ends = [
    escrow('dst', 'withdrawn', lockedAtMs + 1_000),
    escrow('src', 'withdrawn', lockedAtMs + 2_000),
  ]
  server.orders.set(HASH, status(HASH, 'executed', [source, destination, ...ends]))
  server.say('order_filled', { orderHash: HASH })
  const done = await bench.shown(HASH, 'executed', ({ phase }) => phase === 'completed')
  expect(done).toMatchObject({ isTerminal: true, moneyAtRisk: false, contradictions: [], course: [] })
  expect(done.timeline.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['sourceEscrowCreated', 'destinationEscrowWithdrawn', 'secretShared']),
  )
  expect(done.timeline.flatMap(({ flags }) => flags)).not.toContain('backward')
  // The search finds what is there: the hash of the secret, which is none.
  expect(inStore('5e'.repeat(32))).toBe(true)
  expect(inStore(SECRET)).toBe(false)
})

test('a maker who keeps the secret back is named, and refunds end without money at risk', async () => {
  const server = await served()
  const lockedAtMs = Math.floor(Date.now() / 1_000) * 1_000 - 400_000
  const events = [
    escrow('src', 'src_escrow_created', lockedAtMs),
    escrow('dst', 'dst_escrow_created', lockedAtMs + 20_000),
  ]
  server.orders.set(HASH, status(HASH, 'pending', events))
  server.answers.set(`${ORDERS}/ready-to-accept-secret-fills`, {
    orders: [
      {
        orderHash: HASH,
        makerAddress: STRUCT.maker,
        fills: [
          { idx: 0, srcEscrowDeployTxHash: (events[0] as { transactionHash: string }).transactionHash },
        ],
      },
    ],
  })
  await start(server)
  server.say('order_created', created(HASH))
  const stuck = await bench.shown(HASH, 'stuck', ({ course }) =>
    course.some(({ label }) => label === 'Waiting for the maker’s secret'),
  )
  expect(stuck.course[0]).toMatchObject({ nextActor: 'maker', byKind: 'destinationCancellation' })
  // The source cancellation time has passed meanwhile: now the resolver owes the refund.
  expect(stuck.stuck).toMatchObject({ nextActor: 'resolver' })
  expect(stuck.moneyAtRisk).toBe(true)

  const back = escrow('src', 'escrow_cancelled', lockedAtMs + 390_000)
  server.orders.set(HASH, status(HASH, 'refunded', [...events, back]))
  server.say('order_invalid', { orderHash: HASH })
  const refunded = await bench.shown(HASH, 'refunded', ({ phase }) => phase === 'refunded')
  expect(refunded).toMatchObject({ moneyAtRisk: false, stuck: null, fundsReleasedAtMs: lockedAtMs + 390_000 })
})

test('an invalid order is not over, a late event takes nothing back, and unknown words are shown', async () => {
  const server = await served()
  await start(server)
  server.orders.set(HASH, { ...status(HASH, 'pending'), validation: 'not-enough-balance' })
  server.say('order_created', created(HASH))
  server.say('order_invalid', { orderHash: HASH })
  const invalid = await bench.shown(
    HASH,
    'read',
    ({ details }) => details['validation'] === 'not-enough-balance',
  )
  expect(invalid).toMatchObject({ phase: 'open', isTerminal: false })
  expect(invalid.course[0]).toMatchObject({ label: 'Cannot be filled', nextActor: 'maker' })

  server.orders.set(HASH, status(HASH, 'cancelled'))
  server.say('order_cancelled', { orderHash: HASH, remainingMakerAmount: '4100000000' })
  await bench.shown(HASH, 'cancelled', ({ phase }) => phase === 'cancelled')
  server.say('order_balance_change', { orderHash: HASH, remainingMakerAmount: '4100000000', balance: '1' })
  const late = await bench.shown(HASH, 'told late', ({ details }) => details['maker balance'] === '1')
  expect(late).toMatchObject({ status: 'cancelled', isTerminal: true, contradictions: [] })

  server.orders.set(OTHER, status(OTHER, 'teleported'))
  server.say('order_created', created(OTHER))
  const strange = await bench.shown(OTHER, 'read', ({ status: word }) => word === 'teleported')
  expect(strange).toMatchObject({ phase: 'unknown', isTerminal: false })
  server.say('order_filled', { orderHash: 7 })
  const seen = await until('the quarantine', async () => {
    const now = await bench.connection()
    return now.quarantinedCount > 0 ? now : null
  })
  expect(seen.drift.map(({ what }) => what)).toContain('teleported')
})

test.each([true, false])(
  'after a silence all listed and open orders are read again, many at once: %s',
  async (hasMany) => {
    const server = await served()
    server.hasMany = hasMany
    await start(server)
    server.orders.set(HASH, status(HASH, 'pending'))
    server.say('order_created', created(HASH))
    await bench.shown(HASH, 'read', ({ course }) => course.length > 0)
    const third = `0x${'4d'.repeat(32)}`
    server.listed = [OTHER, third]
    for (const hash of [OTHER, third]) server.orders.set(hash, status(hash, 'pending'))
    server.orders.set(HASH, status(HASH, 'expired'))
    server.cut()
    const expired = await bench.shown(HASH, 'expired', ({ phase }) => phase === 'expired')
    expect(expired.timeline.find(({ status: word }) => word === 'expired')?.origin).toBe('repair')
    expect(expired.timeline.filter(({ kind }) => kind === 'gap')).toHaveLength(1)
    for (const hash of [OTHER, third]) await bench.shown(hash, 'listed', ({ course }) => course.length > 0)
    const { gaps } = await bench.repaired()
    expect(gaps).toHaveLength(1)
    expect(gaps[0]).toMatchObject({ repairedCount: 3, repairFailedCount: 0 })
  },
)

test('the sandbox’s story is told, with the escrows of every order as its chain has them', async () => {
  const sandbox = await startSandbox({ seed: 3, rate: 10, systems: ['oneinch-fusion-plus'] })
  bench.keep(sandbox)
  Object.assign(process.env, sandbox.credentials)
  await bench.start(sandbox.connections)
  const rows = await until('orders in every phase of their life', async () => {
    const found = await bench.client.intents.find({ query: 'system:oneinch-fusion-plus', limit: 10_000 })
    const phases = new Set(found.map(({ phase }) => phase))
    return (['open', 'locking', 'executing', 'refunding', 'completed'] as const).every((phase) =>
      phases.has(phase),
    )
      ? found
      : null
  })
  expect(rows.length).toBeGreaterThan(30)
  const { drift, quarantinedCount, presence } = await bench.connection()
  expect({ drift, quarantinedCount, state: presence.state }).toEqual({
    drift: [],
    quarantinedCount: 0,
    state: 'live',
  })
  expect(Object.keys(sandbox.history['oneinch-fusion-plus'].readingCounts()).join()).not.toContain('relayer')
})
