import { isOver, type SandboxOrder } from './order.ts'

/** Orders that are kept; the oldest that are over are let go first, so that a demo may run for days. */
const MOST_KEPT = 5_000

/** The orders of the story, in order of their beginning. */
export interface OrderBook {
  add: (order: SandboxOrder) => void
  /** Letter case does not count. */
  find: (orderHash: string) => SandboxOrder | undefined
  all: () => SandboxOrder[]
}

/** A book without an order. */
export function createOrderBook(): OrderBook {
  const byHash = new Map<string, SandboxOrder>()
  return {
    add: (order) => {
      byHash.set(order.orderHash, order)
      if (byHash.size <= MOST_KEPT) return
      for (const [hash, old] of byHash) {
        if (!isOver(old)) continue
        byHash.delete(hash)
        return
      }
    },
    find: (orderHash) => byHash.get(orderHash.toLowerCase()),
    all: () => [...byHash.values()],
  }
}
