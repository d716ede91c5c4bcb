import { hashOf, orderSystem } from './orderSystem.ts'

/** 1inch Fusion's other end: frames, and readings that know every order as pending. */
export const oneinchFusionSystem = orderSystem({
  system: 'oneinch-fusion',
  created: {},
  // The key allows no listings over the socket, so that there is one to read over REST.
  reply: (method) => {
    if (method === 'ping') return 'pong'
    return method === 'getAllowedMethods' ? ['ping', 'getAllowedMethods'] : null
  },
  answer,
  secretFrames: (secret) => {
    const result = { orderHash: hashOf(7), secret, signature: secret, deep: [{ preimage: secret }] }
    const events = ['order_created', 'order_filled', 'order_teleported']
    return [
      ...events.map((event) => ({ event, result })),
      { method: 'getActiveOrders', result: { error: `refused: the secret is ${secret}` } },
    ]
  },
  brokenSecret: 'order_created',
})

function answer(path: string, body: string): unknown {
  if (path.includes('/order/active')) {
    return { meta: { totalItems: 0, itemsPerPage: 100, totalPages: 1, currentPage: 1 }, items: [] }
  }
  if (body === '') return { orderHash: hashOf(1), status: 'pending' }
  const { orderHashes } = JSON.parse(body) as { orderHashes: string[] }
  return orderHashes.map((orderHash) => ({ orderHash, status: 'pending' }))
}
