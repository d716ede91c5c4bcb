import { Failure } from '../../../shared/api/failure.ts'
import type { Origin } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Background } from '../kit/background.ts'
import { createHttp, type Http } from '../kit/http.ts'
import { offeredCredential } from '../kit/offeredCredential.ts'
import { damagedBody, readBody, tellReading, unusable } from '../kit/readings.ts'
import { isJsonObject } from '../kit/shape.ts'
import type { Site } from '../upstream.ts'
import type { Feed } from './feed.ts'
import type { OneinchFusionSettings } from './index.ts'
import { itemsOf } from './readings.ts'
import { READINGS } from './wire.ts'

/** Hashes and addresses that may stand in a path. Upstream text is hostile: none may ever lead to another end point. */
const SAFE_ID = /^\w{1,200}$/

const STRANGE_TIP =
  'Check `restUrl` and the chain in the profile: the REST API may live at another address than the socket.'

/** Orders of one page of a listing: the documented default. */
const PAGE = 100

/** The status of each order that an answer names, verbatim and empty where it has none, by hash in lower case. */
export type Statuses = ReadonlyMap<string, string>

interface Question {
  kind: string
  path: string
  origin: Origin
  /** What is asked for: hashes, or an address. */
  asked: readonly string[]
  /** Sent as JSON; a GET without it. */
  body?: object
}

/**
 * Reads orders over REST; every answer becomes a raw event. All readings fail with `Failure`. The POST that reads many
 * orders changes nothing at the other end.
 */
export class Reader {
  readonly #site: Site<OneinchFusionSettings>
  readonly #feed: Feed
  readonly #http: Http

  constructor(
    site: Site<OneinchFusionSettings>,
    feed: Feed,
    on: { background: Background; paused: (untilMs: number) => void },
  ) {
    this.#site = site
    this.#feed = feed
    const tellRefusal = (payload: { httpStatus: number; pausedUntilMs?: number }): void => {
      const question: Question = { kind: READINGS.refusal, path: '', origin: 'poll', asked: [] }
      const receivedAtMs = site.clock.nowMs()
      const text = JSON.stringify({ feed: feed.name, ...payload })
      on.background.run('Noting a refusal', this.#tell(question, { receivedAtMs, payload: text }))
    }
    this.#http = createHttp({
      baseUrl: feed.restBaseUrl,
      clock: site.clock,
      credential: offeredCredential(site.credential),
      onPause: (httpStatus, pausedUntilMs) => {
        on.paused(pausedUntilMs)
        tellRefusal({ httpStatus, pausedUntilMs })
      },
      onUnauthorised: (httpStatus) => {
        tellRefusal({ httpStatus })
      },
    })
  }

  /** One order. An order that the system does not know is an answer that names none. */
  async one(hash: string, origin: Origin, signal: AbortSignal): Promise<Statuses> {
    const path = `${this.#ordersPath()}/status/${segmentOf(hash)}`
    const { status, body } = await this.#ask({ kind: READINGS.status, path, origin, asked: [hash] }, signal)
    if (status === 404 || !isJsonObject(body)) return new Map()
    return new Map([[hash.toLowerCase(), textOf(body['status'])]])
  }

  /** Many orders in one question. Fails where the system has no such reading. */
  async many(hashes: readonly string[], origin: Origin, signal: AbortSignal): Promise<Statuses> {
    for (const hash of hashes) segmentOf(hash)
    const path = `${this.#ordersPath()}/status`
    const question = { kind: READINGS.many, path, origin, asked: hashes, body: { orderHashes: hashes } }
    const { body } = await this.#ask(question, signal)
    return statusesIn(body)
  }

  /** One page of all orders on offer, from 1. Answers its items and whether there are more. */
  async active(
    page: number,
    origin: Origin,
    signal: AbortSignal,
  ): Promise<{ items: readonly unknown[]; hasMore: boolean }> {
    const { version } = this.#site.connection.settings
    const query = `page=${page}&limit=${PAGE}${version === undefined ? '' : `&version=${version}`}`
    const path = `${this.#ordersPath()}/active?${query}`
    const { body } = await this.#ask({ kind: READINGS.active, path, origin, asked: [] }, signal)
    return { items: itemsOf(body).items ?? [], hasMore: hasMore(body, page) }
  }

  /** One page of a maker's orders, from 1. */
  async byMaker(
    address: string,
    page: number,
    signal: AbortSignal,
  ): Promise<{ hasMore: boolean; statuses: Statuses }> {
    const path = `${this.#ordersPath()}/maker/${segmentOf(address)}?page=${page}&limit=${PAGE}`
    const question: Question = { kind: READINGS.maker, path, origin: 'poll', asked: [address] }
    const { body } = await this.#ask(question, signal)
    return { hasMore: hasMore(body, page), statuses: statusesIn(body) }
  }

  /** Until when the server asked for a pause, epoch milliseconds. */
  pausedUntilMs(): number {
    return this.#http.pausedUntilMs()
  }

  #ordersPath(): string {
    if (this.#feed.ordersPath !== null) return this.#feed.ordersPath
    throw new Failure(
      'closed',
      'Orders of this feed cannot be read over REST: it is known by its socket only.',
    )
  }

  async #ask(question: Question, signal: AbortSignal): Promise<{ status: number; body: unknown }> {
    const { path, body: asked } = question
    const answer = await (asked === undefined
      ? this.#http.get(path, signal)
      : this.#http.post(path, asked, signal))
    const { status, receivedAtMs } = answer
    const isKnown = status >= 200 && status <= 299
    if (!isKnown && !(status === 404 && question.kind === READINGS.status))
      throw unusable(question.kind, status, STRANGE_TIP)
    const { text, read } = readBody(answer.text)
    if ('damage' in read) {
      // A web page instead of "no such order" says that there is no such API, not that there is no such order.
      if (isKnown) await this.#tell(question, { receivedAtMs, ...damagedBody(text, read.damage) })
      throw unusable(question.kind, status, STRANGE_TIP)
    }
    const envelope = `{"feed":${JSON.stringify(this.#feed.name)},"asked":${JSON.stringify(question.asked)}`
    await this.#tell(question, {
      receivedAtMs,
      payload: `${envelope},"httpStatus":${status},"body":${text}}`,
    })
    return { status, body: read.value }
  }

  async #tell(
    { kind, origin }: Question,
    told: Pick<RawEvent, 'receivedAtMs' | 'payload' | 'damage'>,
  ): Promise<void> {
    await tellReading(this.#site, { kind, origin, ...told })
  }
}

function statusesIn(body: unknown): Statuses {
  const named = (itemsOf(body).items ?? []).flatMap((item): [string, string][] =>
    isJsonObject(item) && typeof item['orderHash'] === 'string'
      ? [[item['orderHash'].toLowerCase(), textOf(item['status'])]]
      : [],
  )
  return new Map(named)
}

function hasMore(body: unknown, page: number): boolean {
  const meta = isJsonObject(body) && isJsonObject(body['meta']) ? body['meta'] : {}
  return (itemsOf(body).items?.length ?? 0) > 0 && page < Number(meta['totalPages'] ?? 1)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function segmentOf(id: string): string {
  if (SAFE_ID.test(id)) return id
  throw new Failure(
    'usage',
    'This cannot be read over REST: it holds characters that no hash or address has.',
    {
      tip: 'Check it; letters and digits are accepted.',
    },
  )
}
