import { createRequire } from 'node:module'
import type * as Sdk from '@1inch/cross-chain-sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../electron/sandbox/index.ts'
import { fusionPlusOrder } from '../oneinchOrders.ts'
import { until } from '../until.ts'

// As Node itself loads it, past the test's bundler.
const {
  NetworkEnum,
  OrdersApi,
  OrderStatusRequest,
  QuoterApi,
  QuoterRequest,
  RelayerApi,
  RelayerRequestEvm,
  WebSocketApi,
} = createRequire(import.meta.url)('@1inch/cross-chain-sdk') as typeof Sdk

const HASH: unknown = expect.stringMatching(/^0x[0-9a-f]{64}$/)
const DECIMAL: unknown = expect.stringMatching(/^\d+$/)

let sandbox: Sandbox
let sdk: Sdk.WebSocketApi | null = null

beforeEach(async () => {
  sandbox = await startSandbox({ seed: 11, rate: 50, systems: ['oneinch-fusion-plus'] })
})

afterEach(async () => {
  sdk?.close()
  sdk = null
  await sandbox.close()
})

function key(): string {
  const [first] = Object.values(sandbox.credentials)
  if (first === undefined) throw new Error('The sandbox asks for no key.')
  return first
}

/** The published client, as its documentation says; the address and the key are the sandbox's. */
async function connected(authKey: string): Promise<Sdk.WebSocketApi> {
  sdk = new WebSocketApi({ url: sandbox.connections[0]?.url ?? '', authKey, network: 1 } as never)
  await new Promise<void>((resolve, reject) => {
    sdk?.onOpen(resolve)
    sdk?.onError((error: unknown) => {
      reject(error instanceof Error ? error : new Error(String((error as { message?: string }).message)))
    })
  })
  return sdk
}

test('the published SDK connects to the sandbox and hears each kind of event with its handlers', async () => {
  const api = await connected(key())
  const heard = new Map<string, Sdk.OrderEventType>()
  const handled = new Set<string>()
  const note = (event: Sdk.OrderEventType): void => void handled.add(event.event)
  api.order.onOrder((event) => heard.set(event.event, event))
  api.order.onOrderCreated(note)
  api.order.onOrderInvalid(note)
  api.order.onOrderBalanceChange(note)
  api.order.onOrderAllowanceChange(note)
  api.order.onOrderFilled(note)
  api.order.onOrderFilledPartially(note)
  api.order.onOrderCancelled(note)
  api.order.onOrderSecretShared(note)
  await until('all eight events', () => handled.size === 8)
  expect([...handled].sort()).toEqual([...heard.keys()].sort())
  expect(heard.get('secret_shared')?.result).toMatchObject({
    srcImmutables: { hashlock: HASH, timelocks: DECIMAL },
    dstImmutables: { hashlock: HASH, timelocks: DECIMAL },
  })
})

test('its calls over the socket are answered', async () => {
  const api = await connected(key())
  const answers: Record<string, unknown> = {}
  api.rpc.onPong((result: unknown) => (answers['ping'] = result))
  api.rpc.onGetAllowedMethods((result: unknown) => (answers['methods'] = result))
  api.rpc.onGetActiveOrders((result) => (answers['active'] = result))
  api.rpc.ping()
  api.rpc.getAllowedMethods()
  api.rpc.getActiveOrders({ page: 1, limit: 5 })
  await until('three answers', () => Object.keys(answers).length === 3)
  expect(answers['ping']).toBe('pong')
  expect(answers['methods']).toContain('getActiveOrders')
  const { meta, items } = answers['active'] as Sdk.ActiveOrdersResponse
  expect(meta).toMatchObject({ itemsPerPage: 5, currentPage: 1 })
  expect(items).toHaveLength(5)
})

test('its readings over REST are answered', async () => {
  const orders = new OrdersApi(
    { url: `${sandbox.connections[0]?.restUrl ?? ''}/fusion-plus/orders` },
    fetching(key()),
  )
  const { items } = await orders.getActiveOrders()
  const [first] = items
  expect(items.length).toBeGreaterThan(10)
  const request = new OrderStatusRequest({ orderHash: first?.orderHash ?? '' })
  const status = await orders.getOrderStatus(request)
  expect(status).toMatchObject({
    orderHash: first?.orderHash,
    timeLocks: HASH,
  })
  expect(await orders.getReadyToExecutePublicActions()).toHaveProperty('actions')
  expect(await orders.getPublishedSecrets(first?.orderHash ?? '')).toHaveProperty('orderType')
})

test('what it submits is taken, and what it quotes is understood', async () => {
  const base = `${sandbox.connections[0]?.restUrl ?? ''}/fusion-plus`
  const relayer = new RelayerApi({ url: `${base}/relayer` }, fetching(key()))
  const { body, orderHash } = await fusionPlusOrder(Date.now(), [`0x${'a1'.repeat(32)}`])
  const { order, signature, quoteId, extension } = body
  const signed = { order, signature, quoteId, extension, secretHashes: undefined }
  await relayer.submit(new RelayerRequestEvm({ ...signed, srcChainId: NetworkEnum.ETHEREUM }))
  const orders = new OrdersApi({ url: `${base}/orders` }, fetching(key()))
  expect(await orders.getOrderStatus(new OrderStatusRequest({ orderHash }))).toMatchObject({ orderHash })
  await expect(relayer.submitSecret(orderHash, `0x${'b2'.repeat(32)}`)).rejects.toThrow('400')
  const quoter = new QuoterApi({ url: `${base}/quoter` }, fetching(key()))
  const asked = {
    srcChain: NetworkEnum.ETHEREUM,
    dstChain: NetworkEnum.ARBITRUM,
    srcTokenAddress: body.order.makerAsset,
    dstTokenAddress: '0xaf88d065e77c8cc2239327c5edb3a432268e5831',
    amount: body.order.makingAmount,
    walletAddress: body.order.maker,
  } as const
  const quote = await quoter.getQuote(QuoterRequest.forEVM(asked))
  expect(quote.getPreset()).toMatchObject({ auctionStartAmount: 2_522_048_000n, secretsCount: 1 })
})

test('control: with a wrong key neither the socket nor a reading lets it in', async () => {
  await expect(connected('a-wrong-key')).rejects.toThrow('401')
  const orders = new OrdersApi(
    { url: `${sandbox.connections[0]?.restUrl ?? ''}/fusion-plus/orders` },
    fetching('a-wrong-key'),
  )
  await expect(orders.getActiveOrders()).rejects.toThrow('401')
})

/** What the SDK reads with: a bearer key on every request. */
function fetching(authKey: string): Sdk.HttpProviderConnector {
  const ask = async <T>(url: string, init: RequestInit): Promise<T> => {
    const response = await fetch(url, { ...init, headers: { authorization: `Bearer ${authKey}` } })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
  return {
    get: <T>(url: string) => ask<T>(url, {}),
    post: <T>(url: string, data: unknown) => ask<T>(url, { method: 'POST', body: JSON.stringify(data) }),
  }
}
