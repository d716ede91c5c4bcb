import { isAborted } from '../kit/aborted.ts'
import type { Background } from '../kit/background.ts'
import type { FrameSocket } from '../kit/frameSocket.ts'
import { beat } from '../kit/heartbeat.ts'
import { pagesOfOpen } from '../kit/openIntents.ts'
import { pagesOverFrames, RpcOverFrames } from '../kit/rpcOverFrames.ts'
import { isJsonObject, type JsonObject } from '../kit/shape.ts'
import type { GapToRepair, Site } from '../upstream.ts'
import type { FusionPlusSettings } from './index.ts'
import type { BoardName, OrderReader } from './orderReader.ts'
import type { OrderWatch } from './orderWatch.ts'
import { fusionPlusVocabulary } from './vocabulary.ts'

/** Orders on one page over the socket; the API allows up to 500. */
const PAGE = 500

/** Longest wait for a page over the socket, milliseconds: where it does not list, REST does. */
const LISTED_WITHIN_MS = 2_500

/** Most pages that are read over REST where the socket does not list: as many orders as are followed. */
const MOST_PAGES = 200

/** How often the lists of what is due are read, milliseconds: a maker has minutes to give a secret. */
const BOARD_EVERY_MS = 15_000

/** How often what may be cancelled is read, milliseconds: it changes when orders expire. */
const CANCELABLE_EVERY_MS = 5 * 60_000

const DUE: readonly BoardName[] = ['readyFills', 'publicActions']
const CANCELABLE: readonly BoardName[] = ['cancelableEvm', 'cancelableSolana']

/** How often the escrow factories are read, milliseconds: they change with a release of the contracts. */
const FACTORIES_EVERY_MS = 24 * 60 * 60_000

/** What a session works with. */
export interface SessionParts {
  site: Site<FusionPlusSettings>
  socket: FrameSocket
  reader: OrderReader
  watch: OrderWatch
  background: Background
  /** Ids to follow. */
  watched: readonly string[]
  /** Gaps that no repair has covered yet; emptied by the repair that does. */
  gaps: GapToRepair[]
  ponged: (roundTripMs: number | null) => void
}

/** The time from one connect to the next drop. */
export interface Session {
  /** A frame came in; whether it is a reply to a question. */
  isReply: (frame: unknown) => boolean
  /** An event came in, already handed on to the journal. */
  heard: (frame: JsonObject) => void
  ponged: () => void
  end: () => void
}

/**
 * The server tells everything to everybody, so hearing begins at once and the gap ends. Then the active orders are
 * listed, all open ones are read again, and from there on each at its pace. Events that come in meanwhile are in the
 * journal already, in their order; that their orders are read again waits until then, so that the last word is newer.
 */
export function beginSession(parts: SessionParts): Session {
  const { site, socket, watch, background } = parts
  const ending = new AbortController()
  const signal = AbortSignal.any([site.signal, ending.signal])
  const rpc = new RpcOverFrames(site.clock, (frame) => socket.send(frame))

  const gap = site.resumed(site.clock.nowMs(), false)
  if (gap !== null) parts.gaps.push(gap)
  const ask = (method: string): void => {
    // A server that does not know the method says nothing about the socket; its silence is the watchdog's.
    background.run(
      `Asking ${method}`,
      rpc.ask({ method }, signal).catch(() => undefined),
    )
  }
  const heartbeat = beat(site.clock, site.connection.settings.pingIntervalMs, () => {
    socket.ping()
    ask('ping')
  })
  const ponged = (): void => {
    const roundTripMs = heartbeat.answered()
    if (roundTripMs !== null) parts.ponged(roundTripMs)
  }
  ask('getAllowedMethods')
  background.run('Reading orders', readOrders(parts, rpc, signal))
  background.run('Reading what is due', readBoards(parts, signal))
  background.run('Reading the escrow factories', readFactories(parts, signal))

  return {
    isReply: (frame) => {
      const isReply = rpc.heard(frame)
      if (isReply && isJsonObject(frame) && frame['method'] === 'ping') ponged()
      return isReply
    },
    heard: (frame) => {
      const hash = hashIn(frame)
      if (hash !== null) watch.heard(hash)
    },
    ponged,
    end: () => {
      ending.abort()
      heartbeat.stop()
    },
  }
}

async function readOrders(parts: SessionParts, rpc: RpcOverFrames, signal: AbortSignal): Promise<void> {
  const { site, watch, watched, gaps } = parts
  const hashes = new Map<string, string>()
  const add = (hash: string): void => {
    if (!hashes.has(hash.toLowerCase())) hashes.set(hash.toLowerCase(), hash)
  }
  watched.forEach(add)
  for await (const hash of listed(parts, rpc, signal)) add(hash)
  for await (const { aliases } of pagesOfOpen(site.openIntents, signal))
    for (const { kind, value } of aliases) if (kind === 'orderHash') add(value)
  const origin = gaps.length > 0 ? 'repair' : 'poll'
  const outcomes = await watch.readAll([...hashes.values()], origin, signal)
  if (isAborted(signal)) return
  const failedCount = outcomes.filter((isRead) => !isRead).length
  const readCount = outcomes.length - failedCount
  for (const gap of gaps.splice(0)) gap.repaired({ readCount, failedCount })
  await watch.work(signal)
}

/** Hashes of the active orders, over the socket or, where that does not list them, over REST; of neither, none. */
async function* listed(
  { reader }: SessionParts,
  rpc: RpcOverFrames,
  signal: AbortSignal,
): AsyncGenerator<string> {
  try {
    const question = { method: 'getActiveOrders', limit: PAGE, withinMs: LISTED_WITHIN_MS }
    for await (const items of pagesOverFrames(rpc, question, signal)) yield* hashesOf(items)
    return
  } catch {
    if (signal.aborted) return
  }
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const items = await reader.activePage(page, signal).catch(() => [])
    yield* hashesOf(items)
    if (items.length < PAGE) return
  }
}

function hashesOf(items: readonly unknown[]): string[] {
  return items.flatMap((item) => {
    const hash = isJsonObject(item) ? item['orderHash'] : null
    return typeof hash === 'string' ? [hash] : []
  })
}

/**
 * Reads the lists again and again; an order that they name and nobody has told of is read as well. A failed reading says
 * nothing about the socket and is left for the next round; a list that is not offered is not asked for again.
 */
async function readBoards({ site, reader, watch }: SessionParts, signal: AbortSignal): Promise<void> {
  const missing = new Set<BoardName>()
  let cancelableAtMs = -Infinity
  while (!isAborted(signal)) {
    const nowMs = site.clock.nowMs()
    const isCancelableDue = Math.abs(nowMs - cancelableAtMs) >= CANCELABLE_EVERY_MS
    if (isCancelableDue) cancelableAtMs = nowMs
    for (const name of isCancelableDue ? [...DUE, ...CANCELABLE] : DUE) {
      if (missing.has(name) || isAborted(signal)) continue
      const hashes = await reader.board(name, signal).catch(() => [])
      if (hashes === null) missing.add(name)
      for (const hash of hashes ?? []) watch.listed(hash)
    }
    await site.clock.sleep(BOARD_EVERY_MS, signal)
  }
}

async function readFactories({ site, reader }: SessionParts, signal: AbortSignal): Promise<void> {
  const chains = Object.entries(fusionPlusVocabulary.chains).filter(([, { family }]) => family === 'evm')
  while (!isAborted(signal)) {
    for (const [chainId] of chains) {
      // Nothing waits for these: they keep out of the way of what does.
      await site.clock.sleep(BOARD_EVERY_MS, signal)
      if (isAborted(signal)) return
      const isOffered = await reader.escrowFactory(Number(chainId), signal).catch(() => true)
      if (!isOffered) break
    }
    await site.clock.sleep(FACTORIES_EVERY_MS, signal)
  }
}

/** The order that an event names; `secret_shared` names it within. */
function hashIn(frame: JsonObject): string | null {
  const result = frame['result'] ?? frame['data']
  if (!isJsonObject(result)) return null
  const within = result['srcImmutables']
  const hash = result['orderHash'] ?? (isJsonObject(within) ? within['orderHash'] : null)
  return typeof hash === 'string' && hash !== '' ? hash : null
}
