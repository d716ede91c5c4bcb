import { Failure } from '../../../shared/api/failure.ts'
import { BodyTooLong, boundedText } from './boundedBody.ts'
import type { Clock } from './clock.ts'
import { damageOf, LONGEST_TEXT } from './guard.ts'
import type { OfferedCredential } from './offeredCredential.ts'
import { pauseOf } from './retryAfter.ts'

/** Longest wait for a whole answer, body included, milliseconds: one byte a second is no answer. */
const ANSWER_WITHIN_MS = 10_000

/** What a server answered. Any status except 429, 503, 401, 403 and other 5xx is an answer; the body is not parsed. */
export interface Answer {
  status: number
  text: string
  receivedAtMs: number
}

/**
 * Reads from one REST API. Its failures carry as facts, where true, the `httpStatus`, the `pauseMs` that the server asked
 * for, and `isRedirect` 1.
 */
export interface Http {
  /** GET of a path (`/api/…`). Fails with `Failure`; while the server's pause lasts, at once and without asking. */
  get: (path: string, signal: AbortSignal) => Promise<Answer>
  /** A reading whose question is a JSON body; else as `get`. Not for commands, which need an outcome of their own. */
  post: (path: string, body: unknown, signal: AbortSignal) => Promise<Answer>
  /** Until when the server asked for a pause, epoch milliseconds; in the past when it did not. */
  pausedUntilMs: () => number
}

/** A request about to be sent, as it goes over the wire. */
export interface SentRequest {
  method: 'GET' | 'POST'
  url: string
  /** JSON text; null when there is none. */
  body: string | null
}

/** Where an API is and what to do when it asks for a pause. */
export interface HttpOptions {
  baseUrl: string
  clock: Clock
  /** The server asked for a pause: its code and until when. */
  onPause?: (httpStatus: number, untilMs: number) => void
  /** Sent as a bearer token. One that was refused is not offered again until it has changed. */
  credential?: OfferedCredential
  /** Headers that show a credential (null: there is none) with one request; a bearer token when absent. */
  authorise?: (credential: string | null, request: SentRequest) => Record<string, string>
  /** A credential was refused (401 or 403), or its lack. */
  onUnauthorised?: (httpStatus: number) => void
}

/** A reader of one REST API: no redirects, no cookies, bounded in time and size, and obedient to `Retry-After`. */
export function createHttp(options: HttpOptions): Http {
  const { baseUrl, clock, onPause, credential, authorise = bearer, onUnauthorised } = options
  let pause = { askedAtMs: 0, untilMs: 0 }
  let refusal: Failure | null = null

  /** A clock that was set back ends a pause rather than making it longer by as much. */
  function pausedUntilMs(): number {
    return clock.nowMs() < pause.askedAtMs ? 0 : pause.untilMs
  }

  async function ask(path: string, body: string | null, signal: AbortSignal): Promise<Answer> {
    const leftMs = pausedUntilMs() - clock.nowMs()
    if (leftMs > 0) throw pausedFailure(baseUrl, leftMs)
    if (refusal !== null && (await credential?.hasChanged()) === false) throw refusal
    const url = baseUrl.replace(/\/+$/, '') + path
    const request: SentRequest = { method: body === null ? 'GET' : 'POST', url, body }
    const shown = authorise((await credential?.read()) ?? null, request)
    const headers = { accept: 'application/json', ...shown }
    const { response, text } = await fetchText(url, { clock, signal, headers, body })
    if (response.status === 429 || response.status === 503) {
      const pauseMs = pauseOf(response.headers.get('retry-after'), clock.nowMs())
      pause = { askedAtMs: clock.nowMs(), untilMs: clock.nowMs() + pauseMs }
      onPause?.(response.status, pause.untilMs)
      throw pausedFailure(baseUrl, pauseMs, response.status)
    }
    if (response.status === 401 || response.status === 403) {
      const failure = refusedFailure(url, response)
      if (credential !== undefined) refusal = failure
      onUnauthorised?.(response.status)
      throw failure
    }
    if (response.status >= 500) throw refusedFailure(url, response)
    refusal = null
    const damage = damageOf(text)
    if (damage !== null)
      throw upstream(`${url} cannot be read: ${damage.reason}`, 'Ask who runs it what it serves there.')
    return { status: response.status, text, receivedAtMs: clock.nowMs() }
  }

  return {
    get: (path, signal) => ask(path, null, signal),
    post: (path, body, signal) => ask(path, JSON.stringify(body), signal),
    pausedUntilMs,
  }
}

function bearer(credential: string | null): Record<string, string> {
  return credential === null ? {} : { authorization: `Bearer ${credential}` }
}

interface Question {
  clock: Clock
  signal: AbortSignal
  headers: Record<string, string>
  /** JSON text; null for a GET. */
  body: string | null
}

async function fetchText(
  url: string,
  { clock, signal, headers, body }: Question,
): Promise<{ response: Response; text: string }> {
  const timeout = new AbortController()
  const cancel = clock.after(ANSWER_WITHIN_MS, () => {
    timeout.abort()
  })
  try {
    const response = await fetch(url, {
      method: body === null ? 'GET' : 'POST',
      body,
      redirect: 'error',
      credentials: 'omit',
      headers: body === null ? headers : { ...headers, 'content-type': 'application/json' },
      signal: AbortSignal.any([signal, timeout.signal]),
    })
    return { response, text: await boundedText(response, LONGEST_TEXT) }
  } catch (error) {
    if (error instanceof BodyTooLong) {
      const message = `${url} sent more than ${LONGEST_TEXT / 2 ** 20} MiB.`
      throw upstream(message, 'Ask who runs it what it serves there.')
    }
    if (signal.aborted) throw new Failure('cancelled', `Reading ${url} was given up.`)
    if (timeout.signal.aborted) {
      const message = `${url} did not answer within ${ANSWER_WITHIN_MS / 1_000} s.`
      throw upstream(message, 'The server is slow or stuck; it is asked again later.', true)
    }
    throw networkFailure(url, error)
  } finally {
    cancel()
  }
}

function upstream(message: string, tip: string, isRetryable = false): Failure {
  return new Failure('upstream', message, { tip, isRetryable })
}

function pausedFailure(baseUrl: string, leftMs: number, httpStatus: number | null = null): Failure {
  const message = `${baseUrl} asked for a pause of ${Math.ceil(leftMs / 1_000)} s more.`
  const tip = 'Nothing to do: readings go on by themselves after it.'
  return new Failure('upstream', message, { tip, isRetryable: true, facts: { httpStatus, pauseMs: leftMs } })
}

function refusedFailure(url: string, { status }: Response): Failure {
  const facts = { httpStatus: status }
  return status >= 500
    ? new Failure('upstream', `${url} failed (HTTP ${status}).`, {
        tip: 'The server has a problem; it is asked again later.',
        isRetryable: true,
        facts,
      })
    : new Failure('upstream', `${url} refused the reading (HTTP ${status}).`, {
        tip: 'Ask who runs it whether this console may read there.',
        facts,
      })
}

function networkFailure(url: string, error: unknown): Failure {
  const cause = error instanceof Error ? error.cause : undefined
  const found =
    cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error)
  if (/redirect/i.test(found)) {
    return new Failure('upstream', `${url} redirects elsewhere, and redirects are not followed.`, {
      tip: 'Write the final URL into the profile.',
      facts: { isRedirect: 1 },
    })
  }
  return upstream(
    `${url} cannot be reached: ${found}.`,
    'Check `restUrl` (or `url`) in the profile and the network.',
    true,
  )
}
