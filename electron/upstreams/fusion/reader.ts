import type { Origin } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Background } from '../kit/background.ts'
import { createHttp, type Http } from '../kit/http.ts'
import { damagedBody, readBody, tellReading, unusable } from '../kit/readings.ts'
import type { Site } from '../upstream.ts'
import { restUrlOf, segmentOf } from './endPoint.ts'
import type { FusionSettings } from './index.ts'
import { isJsonObject } from '../kit/shape.ts'
import { READINGS } from './wire.ts'

const STRANGE_TIP =
  'Check `restUrl` in the profile: the REST API may live at another address than the socket.'

/** What an intent answered when it was read. */
export interface IntentAnswer {
  isFound: boolean
  /** The status in the answer, verbatim; empty when it has none. */
  status: string
}

interface Question {
  kind: string
  path: string
  /** Null when the question is not about one intent. */
  id: string | null
  origin: Origin
}

/**
 * Reads over the connection's REST API (`restUrl`, else `url`); every answer becomes a raw event. All readings fail
 * with `Failure`. There is none of the preimage, which is a secret, nor of permit2-params, which allocates a nonce.
 */
export class Reader {
  readonly #site: Site<FusionSettings>
  readonly #http: Http

  constructor(site: Site<FusionSettings>, background: Background, onPause: (untilMs: number) => void) {
    const { clock, connection } = site
    this.#site = site
    this.#http = createHttp({
      baseUrl: restUrlOf(connection),
      clock,
      onPause: (httpStatus, pausedUntilMs) => {
        onPause(pausedUntilMs)
        const question: Question = { kind: READINGS.health, path: '', id: null, origin: 'poll' }
        const payload = JSON.stringify({ httpStatus, pausedUntilMs })
        background.run('Noting a pause', this.#tell(question, { receivedAtMs: clock.nowMs(), payload }))
      },
    })
  }

  /** One intent; that the backend does not know it is an answer, not a failure. */
  async intent(id: string, origin: Origin, signal: AbortSignal): Promise<IntentAnswer> {
    const path = `/api/intents/${segmentOf(id)}`
    const { status, body } = await this.#ask({ kind: READINGS.intent, path, id, origin }, signal)
    const said = isJsonObject(body) ? body['status'] : ''
    return { isFound: status !== 404, status: typeof said === 'string' ? said : '' }
  }

  /** What the intent's locks need, their timelocks among it. */
  async htlcParams(id: string, signal: AbortSignal): Promise<void> {
    const path = `/api/intents/${segmentOf(id)}/htlc-params`
    await this.#ask({ kind: READINGS.htlcParams, path, id, origin: 'poll' }, signal)
  }

  async health(signal: AbortSignal): Promise<void> {
    await this.#ask({ kind: READINGS.health, path: '/api/health', id: null, origin: 'poll' }, signal)
  }

  async chains(signal: AbortSignal): Promise<void> {
    await this.#ask({ kind: READINGS.chains, path: '/api/chains', id: null, origin: 'poll' }, signal)
  }

  async addresses(signal: AbortSignal): Promise<void> {
    const path = '/api/config/htlc-addresses'
    await this.#ask({ kind: READINGS.addresses, path, id: null, origin: 'poll' }, signal)
  }

  /** Until when the server asked for a pause, epoch milliseconds. */
  pausedUntilMs(): number {
    return this.#http.pausedUntilMs()
  }

  async #ask(question: Question, signal: AbortSignal): Promise<{ status: number; body: unknown }> {
    const answer = await this.#http.get(question.path, signal)
    const { status, receivedAtMs } = answer
    if (status !== 404 && (status < 200 || status > 299)) throw unusable(question.kind, status, STRANGE_TIP)
    const { text, read } = readBody(answer.text)
    if ('damage' in read) {
      // A web page instead of "no such intent" says that there is no such API, not that there is no such intent.
      if (status !== 404) await this.#tell(question, { receivedAtMs, ...damagedBody(text, read.damage) })
      throw unusable(question.kind, status, STRANGE_TIP)
    }
    const asked = question.id === null ? '' : `"requestedId":${JSON.stringify(question.id)},`
    await this.#tell(question, { receivedAtMs, payload: `{${asked}"httpStatus":${status},"body":${text}}` })
    return { status, body: read.value }
  }

  async #tell(
    { kind, origin }: Question,
    told: Pick<RawEvent, 'receivedAtMs' | 'payload' | 'damage'>,
  ): Promise<void> {
    await tellReading(this.#site, { kind, origin, ...told })
  }
}
