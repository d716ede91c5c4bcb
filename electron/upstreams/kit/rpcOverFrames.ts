import { Failure } from '../../../shared/api/failure.ts'
import type { Clock } from './clock.ts'
import { isJsonObject, type JsonObject } from './shape.ts'

/** Longest wait for a reply, milliseconds: as long as for an answer over HTTP. */
const REPLY_WITHIN_MS = 10_000

/** Most pages that are asked for: a server that counts wrong must not keep the console asking for ever. */
const MOST_PAGES = 1_000

/** One question. */
export interface Question {
  method: string
  /** Left out of the frame when absent. */
  param?: JsonObject
  /** Whether a result answers this very question and not an earlier one of the same method; all do when absent. */
  isAnswer?: (result: unknown) => boolean
  /** Longest wait for the reply, milliseconds; ten seconds when absent. */
  withinMs?: number
}

/** What replies are matched with: the name of their method alone, so at most one question of each is under way. */
interface Waiting {
  isAnswer: (result: unknown) => boolean
  settle: (result: unknown) => void
}

/** Requests `{method, param}` and replies `{method, result}` over a socket that carries other frames too. */
export class RpcOverFrames {
  readonly #clock: Clock
  readonly #send: (frame: JsonObject) => boolean
  readonly #waiting = new Map<string, Waiting>()
  readonly #turns = new Map<string, Promise<unknown>>()

  /** `send` answers whether the frame could be sent. */
  constructor(clock: Clock, send: (frame: JsonObject) => boolean) {
    this.#clock = clock
    this.#send = send
  }

  /**
   * The result of a method, after all earlier questions of the same method. Fails with `Failure`: `upstream` when not
   * connected, at an `{error}` result and without a reply in time; `cancelled` when the signal fires.
   */
  ask(question: Question, signal: AbortSignal): Promise<unknown> {
    const { method } = question
    const before = this.#turns.get(method) ?? Promise.resolve()
    const turn = before.then(() => this.#askNow(question, signal))
    const settled = turn
      .catch(() => undefined)
      .finally(() => {
        if (this.#turns.get(method) === settled) this.#turns.delete(method)
      })
    this.#turns.set(method, settled)
    return turn
  }

  /** Looks at a frame; true when it is a reply, whether or not somebody waits for it. */
  heard(frame: unknown): boolean {
    if (!isJsonObject(frame) || typeof frame['method'] !== 'string') return false
    const waiting = this.#waiting.get(frame['method'])
    const result = frame['result'] ?? (frame['error'] === undefined ? undefined : { error: frame['error'] })
    if (waiting?.isAnswer(result) === true) waiting.settle(result)
    return true
  }

  async #askNow(question: Question, signal: AbortSignal): Promise<unknown> {
    const { method, param, isAnswer = () => true, withinMs = REPLY_WITHIN_MS } = question
    if (signal.aborted) throw givenUp(method)
    const reply = Promise.withResolvers<unknown>()
    const cancelled = (): void => {
      reply.reject(givenUp(method))
    }
    const cancelWait = this.#clock.after(withinMs, () => {
      reply.reject(silent(method, withinMs))
    })
    signal.addEventListener('abort', cancelled, { once: true })
    const isError = (result: unknown): boolean => errorIn(result) !== null
    this.#waiting.set(method, {
      isAnswer: (result) => isError(result) || isAnswer(result),
      settle: reply.resolve,
    })
    try {
      const isSent = this.#send(param === undefined ? { method } : { method, param })
      if (!isSent) throw new Failure('upstream', `${method} could not be asked: the connection is down.`)
      const result = await reply.promise
      const error = errorIn(result)
      if (error === null) return result
      throw new Failure('upstream', `${method} was refused: ${error}.`, {
        tip: 'The key may not allow it; ask who gave it.',
      })
    } finally {
      this.#waiting.delete(method)
      cancelWait()
      signal.removeEventListener('abort', cancelled)
    }
  }
}

/**
 * The items of every page of a method that answers `{meta: {currentPage, totalPages}, items}`, one page after the
 * other. A reply without `meta` is the only page. Fails as `ask` does, and with `upstream` where there are no items.
 */
export async function* pagesOverFrames(
  rpc: Pick<RpcOverFrames, 'ask'>,
  { method, limit, withinMs }: { method: string; limit: number; withinMs?: number },
  signal: AbortSignal,
): AsyncGenerator<unknown[]> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const isAnswer = (result: unknown): boolean => (metaOf(result).currentPage ?? page) === page
    const question = { method, param: { page, limit }, isAnswer }
    const result = await rpc.ask(withinMs === undefined ? question : { ...question, withinMs }, signal)
    const items = isJsonObject(result) ? result['items'] : null
    if (!Array.isArray(items)) throw new Failure('upstream', `${method} was answered without items.`)
    yield items
    if (items.length === 0 || page >= (metaOf(result).totalPages ?? 1)) return
  }
}

/** The counts of a page; null where they are absent or no numbers. */
function metaOf(result: unknown): { currentPage: number | null; totalPages: number | null } {
  const meta = isJsonObject(result) && isJsonObject(result['meta']) ? result['meta'] : {}
  return { currentPage: countOf(meta['currentPage']), totalPages: countOf(meta['totalPages']) }
}

function countOf(value: unknown): number | null {
  const count = Number(value ?? Number.NaN)
  return Number.isSafeInteger(count) ? count : null
}

function errorIn(result: unknown): string | null {
  const error = isJsonObject(result) ? result['error'] : undefined
  if (error === undefined || error === null) return null
  return (typeof error === 'string' ? error : JSON.stringify(error)).slice(0, 200)
}

function givenUp(method: string): Failure {
  return new Failure('cancelled', `${method} was given up.`)
}

function silent(method: string, withinMs: number): Failure {
  const tip = 'The server may not know this method; it is asked again after the next connect.'
  return new Failure('upstream', `${method} was not answered within ${withinMs / 1_000} s.`, {
    tip,
    isRetryable: true,
  })
}
