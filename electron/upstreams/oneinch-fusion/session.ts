import { Failure } from '../../../shared/api/failure.ts'
import type { Origin } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { isAborted } from '../kit/aborted.ts'
import type { Background } from '../kit/background.ts'
import type { FrameSocket } from '../kit/frameSocket.ts'
import { beat } from '../kit/heartbeat.ts'
import { pagesOverFrames, RpcOverFrames } from '../kit/rpcOverFrames.ts'
import { isJsonObject } from '../kit/shape.ts'
import { instantOf } from '../kit/wireValues.ts'
import type { GapToRepair, Site } from '../upstream.ts'
import type { DuePrompts } from './duePrompts.ts'
import type { Feed } from './feed.ts'
import type { OneinchFusionSettings } from './index.ts'
import { orderHashOf, type LateEvents } from './lateEvents.ts'
import type { Reader } from './reader.ts'
import { readDue, repair, sweep } from './rereading.ts'

/** Longest that events wait for the first listing and readings, milliseconds: a slow server must not hide what is heard. */
const HOLD_WITHIN_MS = 5_000

/** Most events that wait: about as many as come in that time at ten times the busiest minute seen. */
const MOST_HELD = 10_000

/** Orders of one page of a listing: the documented default. */
const PAGE = 100

/** Most pages of a maker that are read after a connect: what matters is on the first. */
const MAKER_PAGES = 5

/** Most pages of a listing over REST: a server that counts wrong must not keep the console asking. */
const MOST_PAGES = 1_000

/** From an event until its order is read: what tells an event and what answers a reading may be a moment apart. */
const SETTLES_WITHIN_MS = 1_000

/** From its deadline until an order is read: no event says "expired", and the word comes a block or two later. */
const EXPIRES_WITHIN_MS = 15_000

/** What a session works with. */
export interface SessionParts {
  site: Site<OneinchFusionSettings>
  feed: Feed
  socket: FrameSocket
  reader: Reader
  due: DuePrompts
  background: Background
  /** Order hashes to read again. */
  watched: readonly string[]
  /** Gaps that no repair has covered yet; emptied by the repair that does. */
  gaps: GapToRepair[]
  late: LateEvents
  /** A frame as the journal keeps it. */
  eventOf: (text: string, value: unknown, origin: Origin) => RawEvent
  /** Hands an event to the journal. */
  emit: (event: RawEvent) => void
}

/** The time from one connect to the next drop. */
export interface Session {
  /** A frame came in. */
  heard: (text: string, value: unknown) => void
  /** A ping was answered; the round trip in milliseconds, or null when nothing was asked. */
  ponged: () => number | null
  end: () => void
}

/**
 * Closes the gap, lists the orders on offer, reads again what is followed, and only then hands on the events heard
 * meanwhile: a listing is older than they are. Keeps reading until the end.
 */
export function beginSession(parts: SessionParts): Session {
  const { site, feed, socket, due, late, background, watched, gaps } = parts
  const ending = new AbortController()
  const signal = AbortSignal.any([site.signal, ending.signal])
  const rpc = new RpcOverFrames(site.clock, (frame) => socket.send(frame))
  const origin: Origin = gaps.length > 0 ? 'repair' : 'poll'
  let held: { value: unknown; event: RawEvent }[] | null = []

  const heartbeat = beat(site.clock, site.connection.settings.pingIntervalMs, () => {
    socket.ping()
    socket.send({ method: 'ping' })
  })
  const cancelHold = site.clock.after(HOLD_WITHIN_MS, release)
  const rereading = { site, reader: parts.reader, due, late, signal }
  background.run('Reading the orders', readOrders())

  function release(): void {
    const events = held ?? []
    held = null
    cancelHold()
    for (const { value, event } of events) pass(value, event)
  }

  async function readOrders(): Promise<void> {
    await listActive(parts, rpc, { origin, signal })
    if (feed.ordersPath !== null) {
      await repair(rereading, watched, gaps)
      await readMakers(parts, signal)
    } else for (const gap of gaps.splice(0)) gap.repaired({ readCount: 0, failedCount: 0 })
    if (isAborted(signal)) return
    release()
    if (feed.ordersPath !== null) await Promise.all([readDue(rereading), sweep(rereading)])
  }

  function pass(value: unknown, event: RawEvent): void {
    if (feed.ordersPath === null) parts.emit(event)
    else late.pass(value, event)
  }

  function promptBy(frame: unknown): void {
    const orderHash = orderHashOf(frame)
    if (feed.ordersPath === null || orderHash === null) return
    expectEnd(parts, orderHash, isJsonObject(frame) ? (frame['result'] ?? frame['data']) : null)
    due.prompt(orderHash, site.clock.nowMs() + SETTLES_WITHIN_MS)
  }

  return {
    heard: (text, value) => {
      if (rpc.heard(value)) {
        parts.emit(parts.eventOf(text, value, origin))
        return
      }
      promptBy(value)
      const event = parts.eventOf(text, value, 'push')
      if (held === null) pass(value, event)
      else if (held.push({ value, event }) >= MOST_HELD) release()
    },
    ponged: heartbeat.answered,
    end: () => {
      ending.abort()
      heartbeat.stop()
      release()
      late.release()
    },
  }
}

/** Reads all orders on offer, over the socket where it allows that, else over REST. What fails is left to the events. */
async function listActive(
  parts: SessionParts,
  rpc: RpcOverFrames,
  { origin, signal }: { origin: Origin; signal: AbortSignal },
): Promise<void> {
  try {
    const methods = await rpc.ask({ method: 'getAllowedMethods', withinMs: HOLD_WITHIN_MS / 2 }, signal)
    if (Array.isArray(methods) && !methods.includes('getActiveOrders')) throw notAllowed()
    const asking = { method: 'getActiveOrders', limit: PAGE, withinMs: HOLD_WITHIN_MS / 2 }
    for await (const items of pagesOverFrames(rpc, asking, signal)) noteListed(parts, items)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (parts.feed.ordersPath !== null) await listOverRest(parts, origin, signal)
  }
}

/** A listing does not say all of an order: its auction's form, its fills and its status come with a reading. */
function noteListed(parts: SessionParts, items: readonly unknown[]): void {
  const { site, feed, due } = parts
  if (feed.ordersPath === null) return
  for (const item of items) {
    if (!isJsonObject(item) || typeof item['orderHash'] !== 'string') continue
    expectEnd(parts, item['orderHash'], item)
    due.prompt(item['orderHash'], site.clock.nowMs())
  }
}

/** An order that says until when it stands is read after that. */
function expectEnd({ due }: SessionParts, orderHash: string, payload: unknown): void {
  const deadlineMs = isJsonObject(payload) ? instantOf(payload['deadline']) : null
  if (deadlineMs !== null) due.expect(orderHash, deadlineMs + EXPIRES_WITHIN_MS)
}

async function listOverRest(parts: SessionParts, origin: Origin, signal: AbortSignal): Promise<void> {
  try {
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const { items, hasMore } = await parts.reader.active(page, origin, signal)
      noteListed(parts, items)
      if (!hasMore || isAborted(signal)) return
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}

/** Reads the orders of the makers that are followed. What fails is read after the next connect. */
async function readMakers({ site, reader }: SessionParts, signal: AbortSignal): Promise<void> {
  for (const address of site.connection.settings.watchMakers) {
    try {
      for (let page = 1; page <= MAKER_PAGES && !isAborted(signal); page += 1) {
        const { hasMore } = await reader.byMaker(address, page, signal)
        if (!hasMore) break
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
    }
  }
}

function notAllowed(): Failure {
  return new Failure('upstream', 'The key does not allow listings over the socket.')
}
