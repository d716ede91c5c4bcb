import { isOver, type SandboxOrder } from './order.ts'
import { activeOrder, immutables, publicSecret } from './payloads.ts'
import { offsetMs, type OffsetName } from './timelocks.ts'

/** Which items of a list are wanted. */
export interface Page {
  page: number
  limit: number
}

/** A page of a list in the API's form. */
export function pageOf<T>(all: readonly T[], { page, limit }: Page, write: (one: T) => object): object {
  const items = all.slice((page - 1) * limit, page * limit).map(write)
  const totalPages = Math.max(1, Math.ceil(all.length / limit))
  return { meta: { totalItems: all.length, itemsPerPage: limit, totalPages, currentPage: page }, items }
}

/** Orders that are offered to resolvers, or being filled. */
export function activePage(orders: readonly SandboxOrder[], page: Page): object {
  const active = orders.filter((order) => !isOver(order) && order.status !== 'unpublished')
  return pageOf(active, page, activeOrder)
}

/** Fills whose secret the relayer waits for. */
export function readyFills({ fills }: SandboxOrder): object[] {
  return fills.flatMap(({ isReady, idx, events }) => {
    const txOf = (action: string): string | undefined =>
      events.find((event) => event.action === action)?.transactionHash
    const hashes = {
      srcEscrowDeployTxHash: txOf('src_escrow_created'),
      dstEscrowDeployTxHash: txOf('dst_escrow_created'),
    }
    return isReady ? [{ idx, ...hashes }] : []
  })
}

/** The same of all orders that have such fills. */
export function readyOrders(orders: readonly SandboxOrder[]): object[] {
  return orders.flatMap((order) => {
    const fills = readyFills(order)
    return fills.length === 0 ? [] : [{ orderHash: order.orderHash, makerAddress: order.maker, fills }]
  })
}

/** The published secrets of one order. */
export function secretsBody(order: SandboxOrder, rate: number): object {
  return {
    orderType: order.secrets.length === 1 ? 'SingleFill' : 'MultipleFills',
    secrets: order.fills.flatMap((fill) => publicSecret(order, fill, rate) ?? []),
    secretHashes: order.secretHashes,
  }
}

/** What any resolver may do now, by the public windows of the escrows that still hold funds. */
export function publicActions(
  orders: readonly SandboxOrder[],
  of: { nowMs: number; rate: number },
): object[] {
  return orders.flatMap((order) =>
    order.fills.flatMap((fill) =>
      (['src', 'dst'] as const).flatMap((side) => {
        const events = fill.events.filter((event) => event.side === side)
        const createdMs = events[0]?.blockTimestamp
        if (createdMs === undefined || events.length > 1) return []
        const isOpen = (name: OffsetName): boolean => of.nowMs >= createdMs + offsetMs(name) / of.rate
        const told = {
          side,
          immutables: immutables(order, fill, { side, rate: of.rate }),
          chainId: side === 'src' ? order.from.chainId : order.to.chainId,
          escrow: fill.escrows[side],
        }
        if (side === 'src' && isOpen('srcPublicCancellation')) return [{ ...told, action: 'cancel' }]
        const isWithdrawable = isOpen(`${side}PublicWithdrawal`) && !isOpen(`${side}Cancellation`)
        const secret = order.secrets[fill.idx]
        return isWithdrawable && fill.isSecretOut ? [{ ...told, action: 'withdraw', secret }] : []
      }),
    ),
  )
}

/** Expired orders that resolvers may cancel, by the chain of their source. */
export function cancelablePage(
  orders: readonly SandboxOrder[],
  page: Page,
  chainType: string | null,
): object {
  const family = chainType === 'Solana' ? 'solana' : 'evm'
  const expired = orders.filter(({ status, from }) => status === 'expired' && from.family === family)
  return pageOf(expired, page, (order) => ({ ...activeOrder(order), maker: order.maker }))
}
