import type { Book } from '../kit/book.ts'
import type { SandboxOrder } from './order.ts'
import { activeOrder, isActive, pageOf } from './payloads.ts'

const METHODS = ['ping', 'getAllowedMethods', 'getActiveOrders']

/** What a request over the socket is answered; null for what is no request. */
export function answerRpc(frame: unknown, book: Book<SandboxOrder>): object | null {
  if (typeof frame !== 'object' || frame === null || !('method' in frame)) return null
  const { method } = frame
  const param = 'param' in frame ? frame.param : {}
  return typeof method === 'string' ? { method, result: resultOf(method, param, book) } : null
}

function resultOf(method: string, param: unknown, book: Book<SandboxOrder>): unknown {
  switch (method) {
    case 'ping':
      return 'pong'
    case 'getAllowedMethods':
      return METHODS
    case 'getActiveOrders':
      return pageOf(book.all().filter(isActive), pageIn(param), activeOrder)
    default:
      return { error: `unknown method ${method.slice(0, 100)}` }
  }
}

function pageIn(param: unknown): { page: number; limit: number } {
  const { page = 1, limit = 100 } = (param ?? {}) as { page?: number; limit?: number }
  return { page: Math.max(1, Math.trunc(page)), limit: Math.min(500, Math.max(1, Math.trunc(limit))) }
}
