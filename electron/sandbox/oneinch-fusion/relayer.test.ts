import { afterEach, beforeEach, expect, it } from 'vitest'
import { askSandbox } from '../../../test/askSandbox.ts'
import { fusionOrder, type OrderFile } from '../../../test/oneinchOrders.ts'
import { startSandbox, type Sandbox } from '../index.ts'
import { settableClock, type SettableClock } from '../kit/clock.ts'

const STARTED_AT_MS = Date.UTC(2026, 10, 21, 15)
const SUBMIT = '/fusion/relayer/v2.0/1/order/submit'
const ROUTE = 'POST /order/submit'

let clock: SettableClock
let sandbox: Sandbox
let file: OrderFile

beforeEach(async () => {
  clock = settableClock(STARTED_AT_MS)
  sandbox = await startSandbox({ seed: 11, rate: 1, clock, systems: ['oneinch-fusion'] })
  file = await fusionOrder(STARTED_AT_MS)
})

afterEach(() => sandbox.close())

function ask(path: string, body?: object): Promise<{ status: number; text: string }> {
  return askSandbox(sandbox, path, body)
}

/** The status of the submitted order; null while nobody knows it. */
async function status(): Promise<unknown> {
  const { status: code, text } = await ask(`/fusion/orders/v2.0/1/order/status/${file.orderHash}`)
  return code === 404 ? null : (JSON.parse(text) as { status: string }).status
}

function history(): Sandbox['history']['oneinch-fusion'] {
  return sandbox.history['oneinch-fusion']
}

it('takes an order without a body in the answer, tells it and fills it', async () => {
  expect(await status()).toBeNull()
  expect(await ask(SUBMIT, file.body)).toEqual({ status: 201, text: '' })
  expect(await status()).toBe('pending')
  clock.advanceBy(30_000)
  expect(await status()).toBe('filled')
  const told = history().events.filter(({ payload }) => JSON.stringify(payload).includes(file.orderHash))
  expect(told.map(({ event }) => event)).toEqual(['order_created', 'order_filled'])
})

it('counts a second submission and takes the order once', async () => {
  await ask(SUBMIT, file.body)
  expect((await ask(SUBMIT, file.body)).status).toBe(201)
  expect(history().readingCount(ROUTE)).toBe(2)
  const created = history().events.filter(
    ({ event, payload }) => event === 'order_created' && JSON.stringify(payload).includes(file.orderHash),
  )
  expect(created).toHaveLength(1)
})

it('refuses with a sentence what no relayer could take', async () => {
  const { order, ...rest } = file.body
  expect(JSON.parse((await ask(SUBMIT, rest)).text)).toMatchObject({
    statusCode: 400,
    message: 'order must be an object',
  })
  expect((await ask(SUBMIT, { ...rest, order: { ...order, salt: '1' } })).text).toContain('invalid salt')
  clock.advanceBy(15 * 60_000)
  expect((await ask(SUBMIT, file.body)).text).toContain('order is expired')
  expect(await status()).toBeNull()
})

it('loses an answer when told so, and has carried it out', async () => {
  sandbox.faults['oneinch-fusion'].apply('lose-reply 1')
  await expect(ask(SUBMIT, file.body)).rejects.toThrow()
  expect(await status()).toBe('pending')
  expect(history().readingCount(ROUTE)).toBe(1)
})

it('carries an order out late when told so', async () => {
  sandbox.faults['oneinch-fusion'].apply('apply-late 20')
  await expect(ask(SUBMIT, file.body)).rejects.toThrow()
  expect(await status()).toBeNull()
  clock.advanceBy(20_000)
  expect(await status()).toBe('pending')
})

it('quotes what the story’s prices say, and nothing else', async () => {
  const query = `fromTokenAddress=${file.body.order.makerAsset}&toTokenAddress=${file.body.order.takerAsset}&amount=1000000000000000000`
  const { status: code, text } = await ask(`/fusion/quoter/v2.0/1/quote/receive/?${query}`)
  expect(code).toBe(200)
  expect(JSON.parse(text)).toMatchObject({
    recommended_preset: 'fast',
    toTokenAmount: '2512000000',
    presets: { fast: { auctionStartAmount: '2522048000', auctionEndAmount: '2486880000' } },
  })
  const unknown = query.replace(file.body.order.makerAsset, `0x${'00'.repeat(20)}`)
  expect((await ask(`/fusion/quoter/v2.0/1/quote/receive/?${unknown}`)).status).toBe(400)
})
