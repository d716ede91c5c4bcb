import type { SandboxOrder } from './order.ts'
import { activePage } from './lists.ts'

const METHODS = ['ping', 'getAllowedMethods', 'getActiveOrders', 'getSecrets']

/** What a request over the socket is answered; null for what is no request. */
export function answerRpc(frame: unknown, orders: readonly SandboxOrder[]): object | null {
  if (typeof frame !== 'object' || frame === null || !('method' in frame)) return null
  const { method } = frame
  const param = 'param' in frame ? frame.param : {}
  return typeof method === 'string' ? { method, result: resultOf(method, param, orders) } : null
}

function resultOf(method: string, param: unknown, orders: readonly SandboxOrder[]): unknown {
  switch (method) {
    case 'ping':
      return 'pong'
    case 'getAllowedMethods':
      return METHODS
    case 'getActiveOrders': {
      const { page = 1, limit = 100 } = (param ?? {}) as { page?: number; limit?: number }
      return activePage(orders, {
        page: Math.max(1, Math.trunc(page)),
        limit: Math.min(500, Math.max(1, Math.trunc(limit))),
      })
    }
    case 'getSecrets':
      return { error: 'an order hash is needed; see /order/secrets over REST' }
    default:
      return { error: `unknown method ${method.slice(0, 100)}` }
  }
}
