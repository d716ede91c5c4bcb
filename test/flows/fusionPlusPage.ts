import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/** Where many orders are asked for at once. */
const STATUSES = '/fusion-plus/orders/v1.2/order/status'

/** A server written from the contract's page alone: one socket for all pairs, one bearer key, a status for each order. */
export interface PageServer {
  port: number
  say: (event: string, result: object) => void
  /** The orders that REST knows, by hash. */
  orders: Map<string, object>
  /** Hashes that `getActiveOrders` lists, one on each page. */
  listed: string[]
  /** Other readings, by path. */
  answers: Map<string, unknown>
  /** Whether many orders can be asked for at once. */
  hasMany: boolean
  cut: () => void
  asked: string[]
  close: () => Promise<void>
}

/** Starts one on any free port of loopback; it lets in who shows `key`. */
export async function pageServer(key: string): Promise<PageServer> {
  const http = createServer((request, response) => {
    void (async () => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      server.asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
      if (request.headers.authorization !== `Bearer ${key}`) response.writeHead(401).end()
      else read(request.url ?? '', body, response)
    })()
  })
  const sockets = new WebSocketServer({ server: http, path: '/fusion-plus/ws/v1.2' })
  sockets.on('connection', (socket, request) => {
    if (request.headers.authorization !== `Bearer ${key}`) socket.close(1008)
    socket.on('message', (data: Buffer) => {
      const { method, param } = JSON.parse(data.toString()) as { method: string; param?: { page?: number } }
      if (method === 'ping') socket.send(JSON.stringify({ method, result: 'pong' }))
      if (method !== 'getActiveOrders') return
      const currentPage = param?.page ?? 1
      const { length } = server.listed
      const meta = { totalItems: length, itemsPerPage: 1, totalPages: length, currentPage }
      const items = server.listed
        .slice(currentPage - 1, currentPage)
        .map((orderHash) => ({ orderHash, fills: [] }))
      socket.send(JSON.stringify({ method, result: { meta, items } }))
    })
  })
  const read = (path: string, body: string, response: ServerResponse): void => {
    const hash = /\/order\/status\/(0x\w{64})$/.exec(path)?.[1] ?? ''
    const known = server.answers.get(path) ?? server.orders.get(hash)
    if (known !== undefined) response.end(JSON.stringify(known))
    else if (path === STATUSES && server.hasMany) {
      const { orderHashes } = JSON.parse(body) as { orderHashes: string[] }
      response.end(JSON.stringify(orderHashes.flatMap((one) => server.orders.get(one) ?? [])))
    } else response.writeHead(404).end('{"statusCode":404,"message":"Not Found"}')
  }
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const server: PageServer = {
    port: (http.address() as AddressInfo).port,
    say: (event, result) => {
      for (const socket of sockets.clients) socket.send(JSON.stringify({ event, result }))
    },
    orders: new Map(),
    listed: [],
    answers: new Map(),
    hasMany: true,
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
