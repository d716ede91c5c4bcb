import { orderPage, type OrderPage } from './orderPage.ts'

/** Where one order is asked for with its hash after it, and many by their hashes. */
const STATUS = '/fusion/orders/v2.0/1/order/status'

/** The one key that the server lets in. */
export const KEY = 'flow-key'

/** When every auction began, unix seconds. */
export const START_SEC = Math.floor(Date.now() / 1_000) - 60

/** Starts a server of one chain on any free port of loopback. */
export function oneinchPage(): Promise<OrderPage> {
  return orderPage({
    key: KEY,
    socketPath: '/fusion/ws/v2.0/1',
    item: created,
    methods: ['ping', 'getActiveOrders'],
    read: ({ orders }, path, body) => {
      if (path !== STATUS)
        return path.startsWith(`${STATUS}/`) ? orders.get(path.slice(STATUS.length + 1)) : undefined
      const { orderHashes } = JSON.parse(body) as { orderHashes: string[] }
      const known = orderHashes.filter((one) => orders.has(one))
      return known.map((orderHash) => ({ orderHash, ...orders.get(orderHash) }))
    },
  })
}

/** WETH for USDC, a quarter of an hour of auction, as the contract's page writes an order. */
export function created(orderHash: string): object {
  return {
    quoteId: '3f0d1a52-7d1c-4c58-9a2e-5a3f0f6c9b10',
    orderHash,
    signature: `0x${'ab'.repeat(65)}`,
    order: struct(),
    deadline: new Date((START_SEC + 912) * 1_000).toISOString(),
    auctionStartDate: new Date(START_SEC * 1_000).toISOString(),
    auctionEndDate: new Date((START_SEC + 900) * 1_000).toISOString(),
    remainingMakerAmount: '1500000000000000000',
    extension: '0x',
    isMakerContract: false,
  }
}

function struct(): object {
  return {
    salt: '1',
    maker: '0xda6624d1c0297c937c792fe945825e53ad39c50f',
    receiver: `0x${'0'.repeat(40)}`,
    makerAsset: '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2',
    takerAsset: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
    makingAmount: '1500000000000000000',
    takingAmount: '4100000000',
    makerTraits: '0',
  }
}

/** What a reading of one order answers. */
export function reading(status: string, more: object = {}): object {
  return {
    status,
    order: struct(),
    extension: '0x',
    points: [{ delay: 300, coefficient: 50_000 }],
    cancelTx: null,
    fills: [],
    createdAt: new Date(START_SEC * 1_000 - 5_000).toISOString(),
    auctionStartDate: START_SEC,
    auctionDuration: 900,
    initialRateBump: 100_000,
    isNativeCurrency: false,
    fromTokenToUsdPrice: '2700.5',
    toTokenToUsdPrice: '1',
    ...more,
  }
}
