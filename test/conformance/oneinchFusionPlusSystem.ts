import { hashOf, orderSystem } from './orderSystem.ts'

/** Fusion+'s other end: frames, and readings that know every order as pending with a source escrow. */
export const oneinchFusionPlusSystem = orderSystem({
  system: 'oneinch-fusion-plus',
  created: { srcChainId: 1, dstChainId: 10 },
  reply: (method) => {
    if (method === 'ping') return 'pong'
    return method === 'getActiveOrders' ? { error: 'not with this key' } : null
  },
  answer,
  secretFrames: (secret) => {
    const srcImmutables = { orderHash: hashOf(7), hashlock: hashOf(8), timelocks: '1' }
    const shared = { idx: 0, secret, srcImmutables, dstImmutables: { ...srcImmutables, preimage: secret } }
    const result = { ...shared, signature: secret, deep: [{ secret_hex: secret }] }
    const events = ['secret_shared', 'order_filled', 'order_teleported']
    return [
      ...events.map((event) => ({ event, result })),
      { method: 'getSecrets', result: { orderType: 'SingleFill', secrets: [shared] } },
      { method: 'getSecrets', result: { error: `refused: the secret is ${secret}` } },
    ]
  },
  brokenSecret: 'secret_shared',
})

function answer(path: string, body: string): unknown {
  if (path.includes('/order/active')) {
    return { meta: { totalItems: 0, itemsPerPage: 500, totalPages: 1, currentPage: 1 }, items: [] }
  }
  if (path.includes('/ready-to-accept')) return { orders: [], fills: [] }
  if (path.includes('/secrets/')) return { orderType: 'SingleFill', secrets: [] }
  if (path.includes('/ready-to-execute')) return { actions: [] }
  if (path.includes('/cancelable')) return { items: [] }
  if (body === '') return statusOf(hashOf(1))
  const { orderHashes } = JSON.parse(body) as { orderHashes: string[] }
  return orderHashes.map(statusOf)
}

function statusOf(orderHash: string): object {
  const created = { side: 'src', action: 'src_escrow_created', transactionHash: hashOf(9) }
  return { orderHash, status: 'pending', fills: [{ status: 'pending', escrowEvents: [created] }] }
}
