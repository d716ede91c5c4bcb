import { FusionSDK, NetworkEnum, QuoterRequest, RelayerRequest, WebSocketApi } from '@1inch/fusion-sdk'
import { afterEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../electron/sandbox/index.ts'
import { fusionOrder } from '../oneinchOrders.ts'
import { until } from '../until.ts'

let sandbox: Sandbox
let sdk: WebSocketApi | null = null

afterEach(async () => {
  sdk?.close()
  sdk = null
  await sandbox.close()
})

async function connected(
  authKey?: string,
): Promise<{ sdk: WebSocketApi; errors: string[]; isOpen: () => boolean }> {
  sandbox = await startSandbox({ seed: 5, rate: 60, systems: ['oneinch-fusion'] })
  const key = authKey ?? Object.values(sandbox.credentials)[0] ?? ''
  const errors: string[] = []
  let hasOpened = false
  const url = sandbox.connections[0]?.url ?? ''
  const made = new WebSocketApi({ url, network: NetworkEnum.ETHEREUM, authKey: key, lazyInit: true })
  made.init()
  made.onOpen(() => (hasOpened = true))
  made.onError((error: { message: string }) => errors.push(error.message))
  sdk = made
  return { sdk: made, errors, isOpen: () => hasOpened }
}

test('the published SDK hears every kind of event from the sandbox, in the shape that it expects', async () => {
  const heard = new Map<string, object>()
  const { sdk: api, errors } = await connected()
  api.order.onOrderCreated(({ event, result }) => heard.set(event, result))
  api.order.onOrderFilled(({ event, result }) => heard.set(event, result))
  api.order.onOrderFilledPartially(({ event, result }) => heard.set(event, result))
  api.order.onOrderCancelled(({ event, result }) => heard.set(event, result))
  api.order.onOrderInvalid(({ event, result }) => heard.set(event, result))
  api.order.onOrderBalanceOrAllowanceChange(({ event, result }) => heard.set(event, result))
  await until('every kind of event', () => heard.size === 6)
  expect(errors).toEqual([])
  for (const result of heard.values()) expect(JSON.stringify(result)).toMatch(/"orderHash":"0x\w{64}"/)
  const created = JSON.stringify(heard.get('order_created'))
  expect(created).toMatch(/"makingAmount":"\d+","takingAmount":"\d+"/)
  expect(created).toMatch(/"deadline":"\d{4}-[^"]+Z","auctionStartDate":"\d{4}-[^"]+Z"/)
  expect(created).toContain('"isMakerContract":false')
})

test('its three methods are answered: a sign of life, what is allowed, and pages of orders', async () => {
  const { sdk: api, isOpen } = await connected()
  const answers: Record<string, unknown> = {}
  api.rpc.onPong((answer) => (answers['ping'] = answer))
  api.rpc.onGetAllowedMethods((answer) => (answers['methods'] = answer))
  api.rpc.onGetActiveOrders((answer) => (answers['orders'] = answer))
  await until('the opening', isOpen)
  api.rpc.ping()
  api.rpc.getAllowedMethods()
  api.rpc.getActiveOrders({ page: 2, limit: 3 })
  await until('three answers', () => Object.keys(answers).length === 3)
  expect(answers).toMatchObject({
    ping: 'pong',
    methods: ['ping', 'getAllowedMethods', 'getActiveOrders'],
    orders: { meta: { itemsPerPage: 3, currentPage: 2 }, items: [{}, {}, {}] },
  })
})

test('what it submits is taken, and what it quotes is understood', async () => {
  sandbox = await startSandbox({ seed: 5, rate: 60, systems: ['oneinch-fusion'] })
  const [authKey = ''] = Object.values(sandbox.credentials)
  const url = `${sandbox.connections[0]?.restUrl ?? ''}/fusion`
  const client = new FusionSDK({ url, network: NetworkEnum.ETHEREUM, authKey })
  const { body, orderHash } = await fusionOrder(Date.now())
  await client.api.submitOrder(RelayerRequest.new(body))
  expect(await client.getOrderStatus(orderHash)).toMatchObject({ order: body.order })
  const quote = await client.api.getQuote(
    QuoterRequest.new({
      fromTokenAddress: body.order.makerAsset,
      toTokenAddress: body.order.takerAsset,
      amount: body.order.makingAmount,
      walletAddress: body.order.maker,
    }),
  )
  expect(quote.getPreset(quote.recommendedPreset)).toMatchObject({ auctionStartAmount: 2_522_048_000n })
})

test('a wrong key is refused, as the SDK would tell its user', async () => {
  const { errors, isOpen } = await connected('not-the-key')
  await until('the refusal', () => errors.length > 0)
  expect(errors).toEqual(['Unexpected server response: 401'])
  expect(isOpen()).toBe(false)
})
