import { NETWORKS, type Token } from './networks.ts'
import type { Swap } from './swap.ts'

/** Body of `GET …/v1/networks` [G1]. */
export function networksBody(): unknown {
  return NETWORKS.map(({ id, name, type }) => ({
    id,
    name,
    type,
    supports_optimized_swap: type === 'EVM',
    icon_url: `https://icons.invalid/${name.toLowerCase()}.svg`,
    supports_custom_tokens: type === 'EVM',
  }))
}

/** Body of `GET …/v1/tokens` [G1]: no decimals. */
export function tokensBody(query: URLSearchParams): unknown {
  const limit = countOf(query.get('limit'), 100)
  const offset = countOf(query.get('offset'), 0)
  const network = query.get('network_id')
  const all = NETWORKS.filter(({ id }) => network === null || String(id) === network).flatMap(
    ({ id, tokens }) =>
      tokens.map(({ name, address, symbol, id: tokenId }) => ({
        network_id: id,
        token_id: tokenId,
        name,
        contract_address: address,
        symbol,
        icon_url: `https://icons.invalid/${symbol.toLowerCase()}.svg`,
        wrapped_token_address: null,
      })),
  )
  const pages = Math.ceil(all.length / limit)
  return {
    data: all.slice(offset, offset + limit),
    pagination: { limit, offset, pages, total: all.length },
  }
}

/** Body of `GET …/v1/intents/{id}` with flat fields [S]: neither deadline nor approval is told. */
export function flatBody(swap: Swap): Record<string, unknown> {
  const { from, to } = swap
  return {
    intent_id: swap.intentId,
    status: swap.status,
    from_amount_lots: swap.amount,
    from_network_id: from.network.id,
    from_token: from.token.address,
    from_token_id: from.token.id,
    to_network_id: to.network.id,
    to_token: to.token.address,
    to_token_id: to.token.id,
    to_min_amount_lots: swap.minAmountOut,
    to_max_amount_lots: swap.maxAmountOut,
    swap_metadata:
      swap.swapId === null
        ? null
        : {
            id: swap.swapId,
            proxy_address: swap.proxyAddress,
            user_deposit_tx: swap.depositTx,
            fulfill_tx: swap.fulfillTx,
            swap_tx: swap.swapTx,
            created_at: iso(swap.swapCreatedAtMs),
            user_deposited_at: iso(swap.depositedAtMs),
            fulfilled_at: iso(swap.fulfilledAtMs),
            swapped_at: iso(swap.swappedAtMs),
            refunded_at: iso(swap.refundedAtMs),
          },
  }
}

/**
 * Body of `GET …/v1/intents/{id}` with nested fields [G3]. Behind what the page shows before it is cut stand the fields that
 * the answer to the creation has, so that there is a deadline to see.
 */
export function nestedBody(swap: Swap): Record<string, unknown> {
  const { from, to } = swap
  return {
    intent_id: swap.intentId,
    status: swap.status,
    from: {
      address: from.address,
      tx: swap.depositTx,
      tx_at: iso(swap.depositedAtMs),
      network_id: from.network.id,
      token_id: from.token.id,
      contract_address: from.token.address,
      decimals: from.token.decimals,
      amount: whole(swap.amount, from.token),
    },
    to: {
      address: to.address,
      tx: swap.fulfillTx,
      tx_at: iso(swap.fulfilledAtMs),
      network_id: to.network.id,
      token_id: to.token.id,
      contract_address: to.token.address,
      decimals: to.token.decimals,
      amount: swap.fulfillTx === null ? null : whole(swap.maxAmountOut, to.token),
      min_amount: whole(swap.minAmountOut, to.token),
      max_amount: whole(swap.maxAmountOut, to.token),
    },
    approval_type: from.network.approval,
    // Documented in milliseconds, and ten digits long in the page's own sample.
    expires_at: Math.floor(swap.deadlineAtMs / 1_000),
    secret_hash: from.network.approval === 'htlc' ? undefined : swap.secretHash,
  }
}

/** One item of `GET /v1/swaps` [G3]. */
export function itemBody(swap: Swap): Record<string, unknown> {
  return { ...nestedBody(swap), approval_mechanism: swap.from.network.approval }
}

/** Base units as the exact decimal text of whole tokens. */
export function whole(lots: string, { decimals }: Token): string {
  const digits = lots.padStart(decimals + 1, '0')
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return digits.slice(0, digits.length - decimals) + (fraction === '' ? '' : `.${fraction}`)
}

/** A count from a query; the usual one when it is none. */
export function countOf(text: string | null, usual: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : usual
}

function iso(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString()
}
