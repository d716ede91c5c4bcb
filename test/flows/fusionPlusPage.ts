import { orderPage, type OrderPage } from './orderPage.ts'

/** Where one order is asked for with its hash after it, and many by their hashes. */
const STATUS = '/fusion-plus/orders/v1.2/order/status'

/** The server of all pairs of chains. */
export interface FusionPlusPage extends OrderPage {
  /** Other readings, by path. */
  answers: Map<string, unknown>
  /** Whether many orders can be asked for at once. */
  hasMany: boolean
}

/** Starts one on any free port of loopback; it lets in who shows `key`. */
export async function fusionPlusPage(key: string): Promise<FusionPlusPage> {
  const page = await orderPage({
    key,
    socketPath: '/fusion-plus/ws/v1.2',
    item: (orderHash) => ({ orderHash, fills: [] }),
    methods: null,
    read: ({ orders }, path, body) => {
      if (path !== STATUS) return plus.answers.get(path) ?? orders.get(path.replace(`${STATUS}/`, ''))
      if (!plus.hasMany) return undefined
      const { orderHashes } = JSON.parse(body) as { orderHashes: string[] }
      return orderHashes.flatMap((one) => orders.get(one) ?? [])
    },
  })
  const plus: FusionPlusPage = Object.assign(page, { answers: new Map<string, unknown>(), hasMany: true })
  return plus
}
