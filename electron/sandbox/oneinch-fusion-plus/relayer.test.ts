import { afterEach, beforeEach, expect, it } from 'vitest'
import { askSandbox } from '../../../test/askSandbox.ts'
import { fusionPlusOrder, type OrderFile } from '../../../test/oneinchOrders.ts'
import { startSandbox, type Sandbox } from '../index.ts'
import { settableClock, type SettableClock } from '../kit/clock.ts'

const STARTED_AT_MS = Date.UTC(2026, 10, 21, 15)
const SECRET = `0x${'a1'.repeat(32)}`
const OTHER_SECRET = `0x${'b2'.repeat(32)}`
const SUBMIT = '/relayer/v1.2/submit'

let clock: SettableClock
let sandbox: Sandbox
let file: OrderFile

beforeEach(async () => {
  clock = settableClock(STARTED_AT_MS)
  sandbox = await startSandbox({ seed: 11, rate: 1, clock, systems: ['oneinch-fusion-plus'] })
  file = await fusionPlusOrder(STARTED_AT_MS, [SECRET])
})

afterEach(() => sandbox.close())

function ask(path: string, body?: object): Promise<{ status: number; text: string }> {
  return askSandbox(sandbox, `/fusion-plus${path}`, body)
}

async function read(what: string): Promise<Record<string, unknown>> {
  return JSON.parse((await ask(`/orders/v1.2/order/${what}/${file.orderHash}`)).text) as Record<
    string,
    unknown
  >
}

/** Words for what became of the order's escrows, in order. */
async function deeds(): Promise<string[]> {
  const { fills } = (await read('status')) as {
    fills: { escrowEvents: { side: string; action: string }[] }[]
  }
  return fills.flatMap(({ escrowEvents }) => escrowEvents.map(({ side, action }) => `${side} ${action}`))
}

/** Lets time pass a second at a time until a fill waits for its secret. */
async function untilReady(): Promise<void> {
  for (let passedSec = 0; passedSec < 300; passedSec += 1) {
    clock.advanceBy(1_000)
    const { fills } = (await read('ready-to-accept-secret-fills')) as { fills: unknown[] }
    if (fills.length > 0) return
  }
  throw new Error('no fill waited for a secret within five minutes')
}

function give(secret: string): Promise<{ status: number; text: string }> {
  return ask(`${SUBMIT}/secret`, { orderHash: file.orderHash, secret })
}

it('takes an order, has it filled, waits for its secret, pays out, and calls it executed', async () => {
  expect(await ask(SUBMIT, file.body)).toEqual({ status: 201, text: '' })
  expect((await give(SECRET)).text).toContain('invalid secret')
  await untilReady()
  expect((await give(OTHER_SECRET)).text).toContain('invalid secret')
  expect((await read('secrets'))['secrets']).toEqual([])
  expect(await give(SECRET)).toEqual({ status: 201, text: '' })
  expect((await read('secrets'))['secrets']).toMatchObject([{ idx: 0, secret: SECRET }])
  expect((await read('ready-to-accept-secret-fills'))['fills']).toEqual([])
  clock.advanceBy(10 * 60_000)
  expect(await deeds()).toEqual([
    'src src_escrow_created',
    'dst dst_escrow_created',
    'dst withdrawn',
    'src withdrawn',
  ])
  expect((await read('status'))['status']).toBe('executed')
})

it('without the secret the funds go back', async () => {
  await ask(SUBMIT, file.body)
  await untilReady()
  for (let passedSec = 0; passedSec < 600; passedSec += 1) clock.advanceBy(1_000)
  expect(await deeds()).toEqual([
    'src src_escrow_created',
    'dst dst_escrow_created',
    'dst escrow_cancelled',
    'src escrow_cancelled',
  ])
  expect((await read('status'))['status']).toBe('refunded')
  expect((await give(SECRET)).text).toContain('fill is not ready to accept secret')
})

it('tells of a secret once, however often it is given, and counts each time', async () => {
  await ask(SUBMIT, file.body)
  await untilReady()
  await give(SECRET)
  expect((await give(SECRET)).status).toBe(201)
  const history = sandbox.history['oneinch-fusion-plus']
  const told = history.events.filter(
    ({ event, payload }) => event === 'secret_shared' && JSON.stringify(payload).includes(SECRET),
  )
  expect(told).toHaveLength(1)
  expect(history.readingCount('POST /relayer/submit/secret')).toBe(2)
})

it('loses the answer to a secret when told so, and has given it', async () => {
  await ask(SUBMIT, file.body)
  await untilReady()
  sandbox.faults['oneinch-fusion-plus'].apply('lose-reply 1')
  await expect(give(SECRET)).rejects.toThrow()
  expect((await read('secrets'))['secrets']).toHaveLength(1)
})

it('refuses with a sentence what no relayer could take', async () => {
  expect((await ask(SUBMIT, { ...file.body, srcChainId: 77 })).text).toContain('chain 77 is not supported')
  expect((await ask(SUBMIT, { ...file.body, extension: '0x' })).status).toBe(400)
  expect((await ask(`${SUBMIT}/secret`, { orderHash: '0x01', secret: SECRET })).text).toContain(
    'order not found',
  )
})

it('quotes what the story’s prices say, and nothing else', async () => {
  const { makerAsset } = file.body.order
  const query = `srcChain=1&dstChain=42161&srcTokenAddress=${makerAsset}&dstTokenAddress=0xaf88d065e77c8cc2239327c5edb3a432268e5831&amount=1000000000000000000`
  const { text } = await ask(`/quoter/v1.2/quote/receive/?${query}`)
  expect(JSON.parse(text)).toMatchObject({ recommendedPreset: 'fast', dstTokenAmount: '2512000000' })
  expect((await ask(`/quoter/v1.2/quote/receive/?${query.replace('42161', '7')}`)).status).toBe(400)
})
