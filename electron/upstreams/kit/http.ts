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

/** Reads from one REST API. */
export interface Http {
  /** GET of a path (`/api/…`). Fails with `Failure`; while the server's pause lasts, at once and without asking. */
  get: (path: string, signal: AbortSignal) => Promise<Answer>
  /** Until when the server asked for a pause, epoch milliseconds; in the past when it did not. */
  pausedUntilMs: () => number
}

/** Where an API is and what to do when it asks for a pause. */
export interface HttpOptions {
  baseUrl: string
  clock: Clock
  /** The server asked for a pause: its code and until when. */
  onPause?: (httpStatus: number, untilMs: number) => void
  /** Sent as a bearer token. One that was refused is not offered again until it has changed. */
  credential?: OfferedCredential
  /** A credential was refused (401 or 403), or its lack. */
  onUnauthorised?: (httpStatus: number) => void
}

/** A reader of one REST API: no redirects, no cookies, bounded in time and size, and obedient to `Retry-After`. */
export function createHttp({ baseUrl, clock, onPause, credential, onUnauthorised }: HttpOptions): Http {
  let pause = { askedAtMs: 0, untilMs: 0 }
  let refusal: Failure | null = null

  /** A clock that was set back ends a pause rather than making it longer by as much. */
  function pausedUntilMs(): number {
    return clock.nowMs() < pause.askedAtMs ? 0 : pause.untilMs
  }

  async function get(path: string, signal: AbortSignal): Promise<Answer> {
    const leftMs = pausedUntilMs() - clock.nowMs()
    if (leftMs > 0) throw pausedFailure(baseUrl, leftMs)
    if (refusal !== null && (await credential?.hasChanged()) === false) throw refusal
    const url = baseUrl.replace(/\/+$/, '') + path
    const headers = await headersWith(credential)
    const { response, text } = await fetchText(url, { clock, signal, headers })
    if (response.status === 429 || response.status === 503) {
      const pauseMs = pauseOf(response.headers.get('retry-after'), clock.nowMs())
      pause = { askedAtMs: clock.nowMs(), untilMs: clock.nowMs() + pauseMs }
      onPause?.(response.status, pause.untilMs)
      throw pausedFailure(baseUrl, pauseMs)
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

  return { get, pausedUntilMs }
}

async function headersWith(credential: OfferedCredential | undefined): Promise<Record<string, string>> {
  const token = (await credential?.read()) ?? null
  return { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) }
}

async function fetchText(
  url: string,
  { clock, signal, headers }: { clock: Clock; signal: AbortSignal; headers: Record<string, string> },
): Promise<{ response: Response; text: string }> {
  const timeout = new AbortController()
  const cancel = clock.after(ANSWER_WITHIN_MS, () => {
    timeout.abort()
  })
  try {
    const response = await fetch(url, {
      redirect: 'error',
      credentials: 'omit',
      headers,
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

function pausedFailure(baseUrl: string, leftMs: number): Failure {
  const message = `${baseUrl} asked for a pause of ${Math.ceil(leftMs / 1_000)} s more.`
  return upstream(message, 'Nothing to do: readings go on by themselves after it.', true)
}

function refusedFailure(url: string, { status }: Response): Failure {
  return status >= 500
    ? upstream(`${url} failed (HTTP ${status}).`, 'The server has a problem; it is asked again later.', true)
    : upstream(
        `${url} refused the reading (HTTP ${status}).`,
        'Ask who runs it whether this console may read there.',
      )
}

function networkFailure(url: string, error: unknown): Failure {
  const cause = error instanceof Error ? error.cause : undefined
  const found =
    cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error)
  if (/redirect/i.test(found)) {
    return upstream(
      `${url} redirects elsewhere, and redirects are not followed.`,
      'Write the final URL into the profile.',
    )
  }
  return upstream(
    `${url} cannot be reached: ${found}.`,
    'Check `restUrl` (or `url`) in the profile and the network.',
    true,
  )
}
