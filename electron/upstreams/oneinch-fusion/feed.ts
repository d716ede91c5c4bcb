import type { TestSite } from '../upstream.ts'
import type { OneinchFusionSettings } from './index.ts'

/** Version of the socket of EVM chains, and of the REST interface of their orders. */
const EVM_VERSION = 'v2.0'

/** Version of the socket of Solana, which is chain 501 in 1inch's numbers. */
const SOLANA_VERSION = 'v1.0'
const SOLANA_CHAIN = '501'

/** An address, and a version and a chain behind it where it names them. */
const ADDRESS = /^(.*?)(?:\/(v\d+(?:\.\d+)?)(?:\/(\d+))?)?$/

/** Where a connection's socket and readings are. */
export interface Feed {
  /** `ws:` or `wss:`, with version and chain. */
  socketUrl: string
  /** The part of it that names version and chain: `/v2.0/1`. */
  name: string
  /** Without a slash at the end. */
  restBaseUrl: string
  /** Of the orders of this chain, from `restBaseUrl` on; null where there are no readings. */
  ordersPath: string | null
}

/** Places a connection by its profile: the documented base addresses, with or without what is appended to them. */
export function feedOf({
  url,
  restUrl,
  settings,
}: Pick<TestSite<OneinchFusionSettings>['connection'], 'url' | 'restUrl' | 'settings'>): Feed {
  const address = url.replace(/\/+$/, '').replace(/^http/i, 'ws')
  const [, base = address, version, named] = ADDRESS.exec(address) ?? []
  const chain = named ?? (settings.solana ? SOLANA_CHAIN : String(settings.chainId))
  const isSolana = chain === SOLANA_CHAIN
  const name = `/${version ?? (isSolana ? SOLANA_VERSION : EVM_VERSION)}/${chain}`
  // The REST address stands apart, or beside the socket's on the same host. Both are written with and without `/fusion`.
  const restAddress = restUrl ?? base.replace(/^ws/i, 'http').replace(/\/ws$/, '')
  return {
    socketUrl: base + name,
    name,
    restBaseUrl: restAddress.replace(/\/+$/, '').replace(/\/fusion(?:\/orders)?$/, ''),
    ordersPath: isSolana ? null : `/fusion/orders/${EVM_VERSION}/${chain}/order`,
  }
}

/** The chain that a feed's name ends with; null when it names none. */
export function chainOfFeed(name: string): number | null {
  const digits = /\/(\d{1,15})$/.exec(name)?.[1]
  return digits === undefined ? null : Number(digits)
}
