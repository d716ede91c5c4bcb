import { numberText } from '../kit/exactJson.ts'
import { isJsonObject, type JsonObject } from '../kit/shape.ts'
import type { Ends, Names } from './ends.ts'

/** A token as the system's list names it. */
export interface NamedToken {
  symbol: string
  /** [G1] has none; [G3] may. */
  decimals: number | null
}

/** Most entries of one list that are kept: documented lists are of popular tokens and of four networks. */
const MOST_NAMED = 20_000

/** Longest name that is kept, characters. */
const LONGEST_NAME = 100

/** Names of networks by their internal id, from a list or an envelope of unknown shape. */
export function namedNetworks(body: unknown): Map<string, string> {
  const named = new Map<string, string>()
  for (const item of itemsOf(body)) {
    const id = idOf(item['id'] ?? item['network_id'])
    const name = item['name']
    if (id !== null && typeof name === 'string' && name !== '') named.set(id, name.slice(0, LONGEST_NAME))
  }
  return named
}

/** Tokens by network and address, and by network and token id, from a list or an envelope of unknown shape. */
export function namedTokens(body: unknown): Map<string, NamedToken> {
  const named = new Map<string, NamedToken>()
  for (const item of itemsOf(body)) {
    const { symbol, decimals } = item
    const network = idOf(item['network_id'])
    if (network === null || typeof symbol !== 'string' || symbol === '') continue
    const isCount = Number.isInteger(decimals) && Number(decimals) >= 0 && Number(decimals) <= 255
    const token = { symbol: symbol.slice(0, LONGEST_NAME), decimals: isCount ? Number(decimals) : null }
    for (const field of ['contract_address', 'token_id', 'id']) {
      const id = idOf(item[field])
      if (id !== null) named.set(tokenKey(network, id), token)
    }
  }
  return named
}

/** The items of a list, bare or under a usual name. */
export function itemsOf(body: unknown): JsonObject[] {
  const list = isJsonObject(body)
    ? ['data', 'items', 'swaps', 'intents', 'networks', 'tokens', 'result']
        .map((name) => body[name])
        .find(Array.isArray)
    : body
  return Array.isArray(list) ? list.slice(0, MOST_NAMED).filter(isJsonObject) : []
}

/** What one connection has read about networks and tokens. */
export class Catalogue {
  readonly #networks = new Map<string, string>()
  readonly #tokens = new Map<string, NamedToken>()

  learnNetworks(body: unknown): void {
    for (const [id, name] of namedNetworks(body)) this.#networks.set(id, name)
  }

  learnTokens(body: unknown): void {
    for (const [key, token] of namedTokens(body))
      if (this.#tokens.size < MOST_NAMED) this.#tokens.set(key, token)
  }

  /** The ids of the networks that are known by name. */
  networks(): string[] {
    return [...this.#networks.keys()]
  }

  /** What is known of both ends; null when nothing is. */
  namesOf({ source, destination }: Ends): Names | null {
    const names: Names = {}
    const from = this.#nameOf(source)
    const to = this.#nameOf(destination)
    if (from !== null) names.from = from
    if (to !== null) names.to = to
    return from === null && to === null ? null : names
  }

  #nameOf({ network, token }: Ends['source']): NonNullable<Names['from']> | null {
    if (network === null) return null
    const named: NonNullable<Names['from']> = {}
    const name = this.#networks.get(String(network))
    const found = token === null ? undefined : this.#tokens.get(tokenKey(String(network), token))
    if (name !== undefined) named.network = name
    if (found !== undefined) named.symbol = found.symbol
    if (found !== undefined && found.decimals !== null) named.decimals = found.decimals
    return Object.keys(named).length === 0 ? null : named
  }
}

function tokenKey(network: string, id: string): string {
  return `${network}:${id.startsWith('0x') ? id.toLowerCase() : id}`
}

function idOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value : numberText(value)
  return text === null || text === '' || text.length > LONGEST_NAME ? null : text
}
