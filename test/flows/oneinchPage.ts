import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/** The one key that the server lets in. */
export const KEY = 'flow-key'

/** When every auction began, unix seconds. */
export const START_SEC = Math.floor(Date.now() / 1_000) - 60

/** A server written from the contract's page alone: one chain, one bearer key, events, one method, three readings. */
export interface OneinchPage {
  port: number
  say: (event: string, result: object) => void
  /** The orders that REST knows, by hash. */
  orders: Map<string, object>
  /** Hashes that `getActiveOrders` lists, one on each page. */
  listed: string[]
  cut: () => void
  close: () => Promise<void>
  asked: string[]
}

/** Starts one on loopback, on any free port unless one is given. */
export async function oneinchPage(port = 0): Promise<OneinchPage> {
  const http: Server = createServer((request, response) => {
    void (async () => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      const isGood = request.headers.authorization === `Bearer ${KEY}`
      server.asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
      if (!isGood) response.writeHead(401).end()
      else read(request.url ?? '', body, response)
    })()
  })
  const sockets = new WebSocketServer({ server: http, path: '/fusion/ws/v2.0/1' })
  sockets.on('connection', (socket, request) => {
    if (request.headers.authorization !== `Bearer ${KEY}`) socket.close(1008)
    socket.on('message', (data: Buffer) => {
      const { method, param } = JSON.parse(data.toString()) as { method: string; param?: { page?: number } }
      if (method === 'getActiveOrders')
        socket.send(JSON.stringify({ method, result: page(param?.page ?? 1) }))
      if (method === 'getAllowedMethods')
        socket.send(JSON.stringify({ method, result: ['ping', 'getActiveOrders'] }))
      if (method === 'ping') socket.send(JSON.stringify({ method, result: 'pong' }))
    })
  })
  const page = (at: number): object => ({
    meta: {
      totalItems: server.listed.length,
      itemsPerPage: 1,
      totalPages: server.listed.length,
      currentPage: at,
    },
    items: server.listed.slice(at - 1, at).map((hash) => created(hash)),
  })
  const read = (path: string, body: string, response: ServerResponse): void => {
    const hash = /^\/fusion\/orders\/v2\.0\/1\/order\/status\/(0x\w{64})$/.exec(path)?.[1]
    if (hash !== undefined) {
      const order = server.orders.get(hash)
      response.writeHead(order === undefined ? 404 : 200).end(JSON.stringify(order ?? { statusCode: 404 }))
    } else if (path === '/fusion/orders/v2.0/1/order/status') {
      const { orderHashes } = JSON.parse(body) as { orderHashes: string[] }
      const known = orderHashes.filter((one) => server.orders.has(one))
      response.end(JSON.stringify(known.map((one) => ({ orderHash: one, ...server.orders.get(one) }))))
    } else response.writeHead(404).end('{}')
  }
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  const server: OneinchPage = {
    port: (http.address() as AddressInfo).port,
    say: (event, result) => {
      for (const socket of sockets.clients) socket.send(JSON.stringify({ event, result }))
    },
    orders: new Map(),
    listed: [],
    cut: () => {
      for (const socket of sockets.clients) socket.terminate()
    },
    asked: [],
    close: async () => {
      server.cut()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
  return server
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
