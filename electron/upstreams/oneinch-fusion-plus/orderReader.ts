import { Failure } from '../../../shared/api/failure.ts'
import type { Origin } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { AnswerMemory } from '../kit/answerMemory.ts'
import type { Background } from '../kit/background.ts'
import { exactText } from '../kit/exactJson.ts'
import { createHttp, type Answer, type Http } from '../kit/http.ts'
import { offeredCredential } from '../kit/offeredCredential.ts'
import { damagedBody, readBody, tellReading, unusable } from '../kit/readings.ts'
import { isJsonObject } from '../kit/shape.ts'
import type { Site } from '../upstream.ts'
import { restUrlOf } from './address.ts'
import type { FusionPlusSettings } from './index.ts'
import { PUBLISHED, READINGS } from './wire.ts'

/** Ids that may stand in a path. Upstream text is hostile: no id may ever lead to another end point. */
const SAFE_ID = /^(?!\.+$)[\w.-]{1,200}$/

const STRANGE_TIP =
  'Check `restUrl` in the profile: the REST API may live at another address than the socket.'

/** Answers that say "no such question here" rather than anything about the orders asked for. */
const NOT_OFFERED: ReadonlySet<number> = new Set([400, 404, 405, 501])

/** Orders on one page of a listing; the API allows up to 500. */
const PAGE = 500

/** How often an answer that stays the same is kept all the same, milliseconds: so fresh is what a screen shows of it. */
const CONFIRM_EVERY_MS = 60_000

/** Lists that are not about one order: what is due, and by whom. Of what may be cancelled, the first page. */
const BOARDS = {
  readyFills: { kind: READINGS.allReadyFills, path: 'ready-to-accept-secret-fills', id: null },
  publicActions: { kind: READINGS.publicActions, path: 'ready-to-execute-public-actions', id: null },
  cancelableEvm: { kind: READINGS.cancelable, path: cancelablePath('EVM'), id: 'EVM' },
  cancelableSolana: { kind: READINGS.cancelable, path: cancelablePath('Solana'), id: 'Solana' },
} as const

/** One of the lists. */
export type BoardName = keyof typeof BOARDS

interface Question {
  kind: string
  path: string
  /** Null when the question is not about one order or chain. */
  id: string | null
  origin: Origin
  /** Whether an answer equal to the one before is kept all the same. */
  isAlwaysKept: boolean
}

/**
 * Reads over the connection's REST API; answers become raw events, those that say the same as before only once a
 * minute. All readings fail with `Failure`. Nothing is ever sent to the relayer.
 */
export class OrderReader {
  readonly #site: Site<FusionPlusSettings>
  readonly #http: Http
  readonly #memory = new AnswerMemory(CONFIRM_EVERY_MS)
  readonly #orders: string

  constructor(site: Site<FusionPlusSettings>, background: Background, onPause: (untilMs: number) => void) {
    const { clock, connection } = site
    const note = (payload: object): void => {
      const question = { ...asked(READINGS.statuses, '', null), isAlwaysKept: true }
      const told = { receivedAtMs: clock.nowMs(), payload: JSON.stringify(payload) }
      background.run('Noting what the REST API wants', this.#tell(question, told))
    }
    this.#site = site
    this.#orders = `/orders/${connection.settings.restVersion}/order`
    this.#http = createHttp({
      baseUrl: restUrlOf(connection),
      clock,
      credential: offeredCredential(site.credential),
      onPause: (httpStatus, pausedUntilMs) => {
        onPause(pausedUntilMs)
        note({ httpStatus, pausedUntilMs })
      },
      onUnauthorised: (httpStatus) => {
        note({ httpStatus })
      },
    })
  }

  /** The status of one order as answered; null when the API does not know it. */
  async status(
    hash: string,
    how: Pick<Question, 'origin' | 'isAlwaysKept'>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const path = `${this.#orders}/status/${segmentOf(hash)}`
    return this.#ask({ kind: READINGS.status, path, id: hash, ...how }, signal)
  }

  /**
   * The statuses of many orders as answered, by hash; those that were not answered are missing. Null when the API does
   * not offer this question.
   */
  async statuses(
    hashes: readonly string[],
    origin: Origin,
    signal: AbortSignal,
  ): Promise<Map<string, unknown> | null> {
    const path = `${this.#orders}/status`
    const answer = await this.#http.post(path, { orderHashes: hashes }, signal)
    if (NOT_OFFERED.has(answer.status)) return null
    const question = { ...asked(READINGS.statuses, path, null), origin }
    const { value } = await this.#read(question, answer)
    const found = new Map<string, unknown>()
    for (const [hash, item] of itemsByHash(value, hashes)) {
      const text = exactText(item)
      await this.#keep(
        { ...question, id: hash },
        { status: answer.status, receivedAtMs: answer.receivedAtMs, text },
      )
      found.set(hash, item)
    }
    return found
  }

  /** One page of the active orders, from page 1; empty behind the last. */
  async activePage(page: number, signal: AbortSignal): Promise<unknown[]> {
    const path = `${this.#orders}/active?page=${page}&limit=${PAGE}`
    const body = await this.#ask(asked(READINGS.active, path, null), signal)
    const items: unknown = isJsonObject(body) ? body['items'] : []
    return Array.isArray(items) ? (items as unknown[]) : []
  }

  /** Fills of one order whose secret the relayer waits for. */
  async readyFills(hash: string, signal: AbortSignal): Promise<void> {
    const path = `${this.#orders}/ready-to-accept-secret-fills/${segmentOf(hash)}`
    await this.#ask(asked(READINGS.readyFills, path, hash), signal)
  }

  /** Which secrets of one order are public; the secrets themselves are redacted before the answer is kept. */
  async secrets(hash: string, signal: AbortSignal): Promise<void> {
    await this.#ask(asked(READINGS.secrets, `${this.#orders}/secrets/${segmentOf(hash)}`, hash), signal)
  }

  /** The orders that a list names now; null where the API does not offer it. */
  async board(name: BoardName, signal: AbortSignal): Promise<string[] | null> {
    const { kind, path, id } = BOARDS[name]
    return hashesIn(await this.#ask(asked(kind, `${this.#orders}/${path}`, id), signal))
  }

  /** The escrow factory of a chain; this question exists in v1.0 only. False where the API does not offer it. */
  async escrowFactory(chainId: number, signal: AbortSignal): Promise<boolean> {
    const path = `/orders/v1.0/order/escrow?chainId=${chainId}`
    return (await this.#ask(asked(READINGS.escrowFactory, path, String(chainId)), signal)) !== null
  }

  /** Until when the server asked for a pause, epoch milliseconds. */
  pausedUntilMs(): number {
    return this.#http.pausedUntilMs()
  }

  /** The body of an answer; null for HTTP 404. */
  async #ask(question: Question, signal: AbortSignal): Promise<unknown> {
    const answer = await this.#http.get(question.path, signal)
    const { status } = answer
    if (status !== 404 && (status < 200 || status > 299)) throw unusable(question.kind, status, STRANGE_TIP)
    const { text, value } = await this.#read(question, answer)
    await this.#keep(question, { ...answer, text })
    return status === 404 ? null : value
  }

  /** Secrets are taken out of an answer before anything else is done with it. */
  async #read(question: Question, answer: Answer): Promise<{ text: string; value: unknown }> {
    const body = question.kind === READINGS.secrets ? renamed(answer.text) : answer.text
    const { text, read } = readBody(body)
    if (!('damage' in read)) return { text, value: read.value }
    // A web page instead of "no such order" says that there is no such API, not that there is no such order.
    const { status, receivedAtMs } = answer
    if (status !== 404) await this.#tell(question, { receivedAtMs, ...damagedBody(text, read.damage) })
    throw unusable(question.kind, status, STRANGE_TIP)
  }

  async #keep(question: Question, { status, receivedAtMs, text }: Answer): Promise<void> {
    const about = question.id === null ? '' : `"requestedId":${JSON.stringify(question.id)},`
    const payload = `{${about}"httpStatus":${status},"body":${text}}`
    const name = `${question.kind === READINGS.statuses ? READINGS.status : question.kind} ${question.id ?? ''}`
    const isNews = this.#memory.isNews(name, text, receivedAtMs)
    if (!isNews && !question.isAlwaysKept && question.origin !== 'repair') return
    this.#memory.kept(name, text, receivedAtMs)
    await this.#tell(question, { receivedAtMs, payload })
  }

  async #tell(
    { kind, origin }: Question,
    told: Pick<RawEvent, 'receivedAtMs' | 'payload' | 'damage'>,
  ): Promise<void> {
    await tellReading(this.#site, { kind, origin, ...told })
  }
}

function cancelablePath(chainType: string): string {
  return `cancelable-by-resolvers?page=1&limit=${PAGE}&chainType=${chainType}`
}

/** Hashes of the orders in a list, whichever of its forms it has; null for the answer to what is not offered. */
function hashesIn(body: unknown): string[] | null {
  if (!isJsonObject(body)) return body === null ? null : []
  const list: unknown = body['orders'] ?? body['actions'] ?? body['items']
  return (Array.isArray(list) ? list : []).filter(isJsonObject).flatMap(({ orderHash, immutables }) => {
    const hash = orderHash ?? (isJsonObject(immutables) ? immutables['orderHash'] : null)
    return typeof hash === 'string' && hash !== '' ? [hash] : []
  })
}

function asked(kind: string, path: string, id: string | null): Question {
  return { kind, path, id, origin: 'poll', isAlwaysKept: false }
}

/** The name of the list would make redaction take all of it. */
function renamed(text: string): string {
  return text.replace(/"secrets"(\s*:\s*\[\s*(?:\{|\]))/, `"${PUBLISHED}"$1`)
}

/** Nobody has said whether the answer is a list, one under `items` or `orders`, or an object by hash: each is read. */
function itemsByHash(body: unknown, hashes: readonly string[]): [hash: string, item: unknown][] {
  const inner = isJsonObject(body) ? (body['items'] ?? body['orders'] ?? body) : body
  const wanted = new Map(hashes.map((hash) => [hash.toLowerCase(), hash]))
  const named = Array.isArray(inner)
    ? inner.map((item: unknown) => [isJsonObject(item) ? item['orderHash'] : null, item] as const)
    : isJsonObject(inner)
      ? Object.entries(inner)
      : []
  return named.flatMap(([name, item]): [string, unknown][] => {
    const hash = typeof name === 'string' ? wanted.get(name.toLowerCase()) : undefined
    return hash === undefined || !isJsonObject(item) ? [] : [[hash, item]]
  })
}

function segmentOf(id: string): string {
  if (SAFE_ID.test(id)) return encodeURIComponent(id)
  throw new Failure(
    'usage',
    'This id cannot be read over REST: it holds characters that no order hash has.',
    {
      tip: 'Check the id; letters, digits, dots, dashes and underscores are accepted.',
    },
  )
}
