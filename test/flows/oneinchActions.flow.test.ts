import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keccak256, type Hex } from 'viem'
import type { Rehearsal } from '../../shared/api/action.ts'
import { fusionOrder, fusionPlusOrder } from '../oneinchOrders.ts'
import { ActingBench, against } from './actingBench.ts'
import { created, escrow, secretShared, status } from './fusionPlusAnswers.ts'
import { fusionPlusPage, type FusionPlusPage } from './fusionPlusPage.ts'
import { KEY, oneinchPage, reading } from './oneinchPage.ts'
import type { OrderPage } from './orderPage.ts'

const PLUS_KEY = 'flow-plus-key'
const HASH = `0x${'2b'.repeat(32)}`
const ORDERS = '/fusion-plus/orders/v1.2/order'
const SECRET: Hex = `0x${'9f'.repeat(32)}`

/** Finding out what became of a lost answer begins two seconds after it, on a machine that may be busy. */
const LIMIT = { timeout: 40_000 }

let bench: ActingBench

beforeEach(() => {
  bench = new ActingBench()
  process.env['FLOW_ONEINCH_KEY'] = KEY
  process.env['FLOW_PLUS_KEY'] = PLUS_KEY
})

afterEach(() => bench.close())

async function fusionServer(): Promise<OrderPage> {
  const server = bench.keep(await oneinchPage())
  const url = `ws://127.0.0.1:${server.port}/fusion/ws`
  const entry = { id: 'eth', system: 'oneinch-fusion', url, restUrl: `http://127.0.0.1:${server.port}` }
  await bench.start([{ ...entry, credential: 'env:FLOW_ONEINCH_KEY' }])
  await bench.live()
  return server
}

async function plusServer(): Promise<FusionPlusPage> {
  const server = bench.keep(await fusionPlusPage(PLUS_KEY))
  const url = `ws://127.0.0.1:${server.port}/fusion-plus/ws`
  const entry = { id: 'plus', system: 'oneinch-fusion-plus', url, restUrl: `http://127.0.0.1:${server.port}` }
  await bench.start([{ ...entry, credential: 'env:FLOW_PLUS_KEY' }])
  await bench.live()
  return server
}

describe('submitting a signed order', () => {
  test('what was rehearsed is what the relayer gets, once, and the order is followed', async () => {
    const server = await fusionServer()
    const { body, orderHash } = await fusionOrder(Date.now())
    const order = { command: 'submitSignedOrder', connection: 'eth', input: { signedOrder: body } }
    const rehearsal = await bench.client.actions.prepare(order)
    expect(rehearsal).toMatchObject({ subject: orderHash, isOpen: true, intent: null, effect: 'changes' })
    expect(rehearsal.request.headers).toContainEqual(['authorization', '••••••••'])
    expect(server.relayed).toEqual([])

    server.orders.set(orderHash, reading('pending'))
    const answers = await Promise.all([bench.give(rehearsal), bench.give(rehearsal), bench.give(rehearsal)])
    expect(new Set(answers.map(({ actionId, outcome }) => `${outcome} ${actionId}`)).size).toBe(1)
    expect(answers[0]).toMatchObject({ outcome: 'accepted', request: rehearsal.request })
    expect(server.relayed).toEqual([
      {
        path: '/fusion/relayer/v2.0/1/order/submit',
        body: rehearsal.request.bodyText,
        authorization: `Bearer ${KEY}`,
      },
    ])
    expect(rehearsal.request.url).toBe(`http://127.0.0.1:${server.port}${server.relayed[0]?.path ?? ''}`)
    await bench.shown(orderHash, 'read', ({ status: word }) => word === 'pending')
    expect(await bench.client.intents.find({ query: 'is:watched' })).toMatchObject([
      { id: `eth:${orderHash}` },
    ])
  })

  test('a lost answer is looked up by the hash, and until then nobody submits it again', LIMIT, async () => {
    const server = await fusionServer()
    const { body, orderHash } = await fusionOrder(Date.now())
    const order = { command: 'submitSignedOrder', connection: 'eth', input: body }
    server.relay = () => null
    expect(await bench.give(await bench.client.actions.prepare(order))).toMatchObject({ outcome: 'unknown' })
    const again = await bench.client.actions.prepare(order)
    expect(against(again)).toEqual(['no unsettled action: unmet'])
    expect((await bench.give(again)).outcome).toBe('closed')
    server.orders.set(orderHash, reading('pending'))
    expect(await bench.settledAt('accepted')).toMatchObject({ subject: orderHash, marks: { orderHash } })
    expect(server.relayed).toHaveLength(1)
  })

  test('a refusal is told in the relayer’s words', async () => {
    const server = await fusionServer()
    server.relay = () => ({
      status: 400,
      text: '{"statusCode":400,"error":"Bad Request","description":"invalid whitelist"}',
    })
    const { body } = await fusionOrder(Date.now())
    const rehearsal = await bench.client.actions.prepare({
      command: 'submitSignedOrder',
      connection: 'eth',
      input: body,
    })
    expect(await bench.give(rehearsal)).toMatchObject({
      outcome: 'refused',
      why: 'The system refused it (HTTP 400). It says: “invalid whitelist”',
    })
  })

  test('one that was signed for another chain never leaves', async () => {
    const server = await fusionServer()
    const { body } = await fusionOrder(Date.now(), 137)
    const rehearsal = await bench.client.actions.prepare({
      command: 'submitSignedOrder',
      connection: 'eth',
      input: body,
    })
    expect(rehearsal).toMatchObject({
      isOpen: false,
      why: expect.stringContaining('for chain 137') as string,
    })
    expect((await bench.give(rehearsal, 'unknown')).outcome).toBe('closed')
    expect(server.relayed).toEqual([])
  })

  test('a cross-chain one goes to its own relayer, with the chain and the hashes', async () => {
    const server = await plusServer()
    const { body, orderHash } = await fusionPlusOrder(Date.now(), [
      SECRET,
      `0x${'a1'.repeat(32)}`,
      `0x${'b2'.repeat(32)}`,
    ])
    const rehearsal = await bench.client.actions.prepare({
      command: 'submitSignedOrder',
      connection: 'plus',
      input: body,
    })
    expect(against(rehearsal)).toEqual([])
    expect((await bench.give(rehearsal)).outcome).toBe('accepted')
    expect(server.relayed).toEqual([
      {
        path: '/fusion-plus/relayer/v1.2/submit',
        body: rehearsal.request.bodyText,
        authorization: `Bearer ${PLUS_KEY}`,
      },
    ])
    expect(JSON.parse(server.relayed[0]?.body ?? '')).toEqual(body)
    expect(rehearsal.subject).toBe(orderHash)
  })
})

describe('submitting a secret', () => {
  const lockedAtMs = Math.floor(Date.now() / 1_000) * 1_000 - 30_000
  const escrows = [
    escrow('src', 'src_escrow_created', lockedAtMs),
    escrow('dst', 'dst_escrow_created', lockedAtMs),
  ]

  /** A server with one order whose only fill waits for its secret, and the console that knows it. */
  async function waiting(): Promise<FusionPlusPage> {
    const server = await plusServer()
    const [source, destination] = escrows as { transactionHash: string }[]
    server.orders.set(HASH, status(HASH, 'pending', escrows))
    const txHashes = {
      srcEscrowDeployTxHash: source?.transactionHash,
      dstEscrowDeployTxHash: destination?.transactionHash,
    }
    server.answers.set(`${ORDERS}/ready-to-accept-secret-fills/${HASH}`, { fills: [{ idx: 0, ...txHashes }] })
    server.answers.set(`${ORDERS}/secrets/${HASH}`, {
      orderType: 'SingleFill',
      secrets: [],
      secretHashes: [keccak256(SECRET)],
    })
    server.say('order_created', { ...created(HASH), secretHashes: [keccak256(SECRET)] })
    // That the relayer waits for the secret is read with the order when the command is filled in.
    await bench.shown(HASH, 'locked on both sides', ({ phase }) => phase === 'executing')
    return server
  }

  /** What the API tells once the secret is public. */
  function publish(server: FusionPlusPage): void {
    const shared = secretShared(HASH)
    server.answers.set(`${ORDERS}/secrets/${HASH}`, {
      orderType: 'SingleFill',
      secrets: [shared],
      secretHashes: [keccak256(SECRET)],
    })
  }

  const prepare = (): Promise<Rehearsal> =>
    bench.client.actions.prepare({ command: 'submitSecret', intent: HASH, input: { secret: SECRET } })

  test('the relayer gets it once; the rehearsal, the answer and the log show its fingerprint', async () => {
    const server = await waiting()
    const rehearsal = await prepare()
    expect(against(rehearsal)).toEqual([])
    expect(rehearsal.request.bodyText).toMatch(
      /^\{"orderHash":"0x(?:2b){32}","secret":"redacted:[0-9a-f]{12}"\}$/,
    )
    const answer = await bench.give(rehearsal)
    expect(answer).toMatchObject({ outcome: 'accepted', request: rehearsal.request })
    const [sent] = server.relayed
    expect(server.relayed).toHaveLength(1)
    expect(sent?.path).toBe('/fusion-plus/relayer/v1.2/submit/secret')
    expect(sent?.body).toBe(rehearsal.request.bodyText?.replace(/redacted:\w{12}/, SECRET))
    const { steps } = await bench.client.actions.steps({ after: 0 })
    expect(steps.map(({ kind }) => kind)).toEqual(['sending', 'accepted'])
    expect(JSON.stringify([rehearsal, answer, steps])).not.toContain(SECRET.slice(2))
  })

  test('a lost answer is settled by the published secrets', LIMIT, async () => {
    const server = await waiting()
    server.relay = () => null
    expect((await bench.give(await prepare())).outcome).toBe('unknown')
    publish(server)
    const { marks } = await bench.settledAt('accepted')
    expect(marks).toMatchObject({ idx: '0', hashlock: keccak256(SECRET) })
    expect(server.relayed).toHaveLength(1)
  })

  test('the secret of another order never leaves', async () => {
    const server = await waiting()
    const input = { secret: `0x${'77'.repeat(32)}` }
    const rehearsal = await bench.client.actions.prepare({ command: 'submitSecret', intent: HASH, input })
    expect(rehearsal).toMatchObject({
      isOpen: false,
      why: expect.stringContaining('belongs to another order') as string,
    })
    expect((await bench.give(rehearsal, 'unknown')).outcome).toBe('closed')
    expect(server.relayed).toEqual([])
  })

  test('a secret that became public between rehearsal and consent is not given again', async () => {
    const server = await waiting()
    const rehearsal = await prepare()
    publish(server)
    const answer = await bench.give(rehearsal)
    expect(answer.outcome).toBe('refused')
    expect(answer.changes).toContainEqual({
      field: 'condition: a fill waits for its secret',
      was: 'met',
      is: 'unmet',
    })
    expect(server.relayed).toEqual([])
  })
})

describe('asking for a quote', () => {
  test('shows the answer whole and compares it with what the order asks for; nothing is recorded', async () => {
    const server = await plusServer()
    server.orders.set(HASH, status(HASH, 'pending'))
    server.say('order_created', created(HASH))
    await bench.shown(HASH, 'read', ({ destination }) => destination.token !== null)
    const query =
      'srcChain=1&dstChain=42161&srcTokenAddress=0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48&dstTokenAddress=0x82aF49447D8a07e3bd95BD0d56f35241523fBab1&amount=4100000000&walletAddress=0xda6624d1c0297c937c792fe945825e53ad39c50f'
    const quoted = {
      recommendedPreset: 'fast',
      presets: {
        fast: { auctionStartAmount: '1560000000000000000', auctionEndAmount: '1530000000000000000' },
      },
    }
    server.answers.set(`/fusion-plus/quoter/v1.2/quote/receive/?${query}`, quoted)
    const answer = await bench.client.actions.read({ command: 'quote', intent: HASH })
    expect(answer).toMatchObject({ outcome: 'accepted', response: quoted })
    expect(answer.why).toBe(
      'Offered now: 1.53 WETH to 1.56 WETH (preset fast). The order asks for at least 1.5 WETH, 1.96 % less than the least.',
    )
    expect((await bench.client.actions.steps({ after: 0 })).steps).toEqual([])
    expect(server.relayed).toEqual([])
  })
})
