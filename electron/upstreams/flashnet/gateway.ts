import type { Origin } from '../../../shared/intent/fact.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { CommandRequest, Sent, Verdict } from '../command.ts'
import { exactText } from '../kit/exactJson.ts'
import { LONGEST_DAMAGED } from '../kit/guard.ts'
import { createHttp, type Http } from '../kit/http.ts'
import type { OfferedCredential } from '../kit/offeredCredential.ts'
import { damagedBody, readBody, tellReading, unusable } from '../kit/readings.ts'
import { sendOnce } from '../kit/sendOnce.ts'
import { isJsonObject, type JsonObject } from '../kit/shape.ts'
import { met, unmet } from '../kit/verdict.ts'
import type { Site } from '../upstream.ts'
import { AnswerMemory } from '../kit/answerMemory.ts'
import { gatewayUrl } from './endPoint.ts'
import type { FlashnetSettings } from './index.ts'
import { GatewaySession } from './session.ts'
import { submittedEvent } from './submitted.ts'
import { READINGS } from './wire.ts'

/** Ids that may stand in a path. Upstream text is hostile: no id may ever lead to another end point. */
const SAFE_ID = /^(?!\.+$)[\w.:-]{1,200}$/

const UNASKABLE = 'The console cannot ask for this id: it holds characters that no submission id has.'

/** Why an id cannot be asked for; null when it can. */
export function whyUnaskable(id: string): Failure | null {
  const tip = 'Check the id; letters, digits, dots, colons, dashes and underscores are accepted.'
  return SAFE_ID.test(id) ? null : new Failure('usage', UNASKABLE, { tip })
}

const STRANGE_TIP = 'Check `url` in the profile: it is the address in front of `/api/v1`.'

/** How often an unchanged submission is kept all the same, milliseconds: so fresh is what a screen shows of it. */
const CONFIRM_SUBMISSION_MS = 60_000

/** How often what the gateway says of itself is kept although it stays the same, milliseconds. */
const CONFIRM_GATEWAY_MS = 60 * 60_000

/** What a gateway needs of its connection. */
export interface GatewayOptions {
  site: Site<FlashnetSettings>
  credential: OfferedCredential
  onPause: (untilMs: number) => void
  inBackground: (name: string, work: Promise<unknown>) => void
}

/** One question and what is known beside it. */
interface Question {
  kind: string
  path: string
  /** Null when it is not about one submission. */
  id: string | null
  origin: Origin
}

/** What was read; `body` is null where there was none that can be read. */
export interface Reading {
  status: number
  body: JsonObject | null
}

/** Reads from one gateway; what is news becomes a raw event. All readings fail with `Failure`, as kit/http.ts does. */
export class Gateway {
  readonly #options: GatewayOptions
  readonly #http: Http
  readonly #session: GatewaySession
  readonly #submissions = new AnswerMemory(CONFIRM_SUBMISSION_MS)
  readonly #gateway = new AnswerMemory(CONFIRM_GATEWAY_MS)
  #chainId: number | null = null

  constructor(options: GatewayOptions) {
    const { site, credential, inBackground } = options
    this.#options = options
    const where = { baseUrl: gatewayUrl(site.connection), clock: site.clock, onPause: this.#notePause }
    this.#session = new GatewaySession({
      http: createHttp(where),
      clock: site.clock,
      credential,
      inBackground,
      onSignedIn: ({ publicKey, token: { expiresAtMs } }) =>
        this.#tell(READINGS.signIn, { httpStatus: 200, body: { publicKey, expiresAtMs } }),
    })
    this.#http = createHttp({
      ...where,
      // The session sees to it that a refused token is not offered again.
      credential: {
        read: () => Promise.resolve(this.#session.token()),
        hasChanged: () => Promise.resolve(true),
      },
    })
  }

  /** Signs in where a key is given. */
  begin(signal: AbortSignal): Promise<void> {
    return this.#session.begin(signal)
  }

  /** Forgets the token. */
  end(): void {
    this.#session.end()
  }

  /** The next answer about a submission is kept, whether or not it is news. */
  forget(id: string): void {
    this.#submissions.forget(id)
  }

  /** One submission; that the gateway does not know it is an answer (404). */
  submission(id: string, origin: Origin, signal: AbortSignal): Promise<Reading> {
    const path = `/api/v1/intents/${encodeURIComponent(id)}`
    return this.#ask({ kind: READINGS.submission, path, id, origin }, signal)
  }

  /** Notes that an id cannot be asked for, and why. */
  refuse(id: string): Promise<void> {
    return this.#tell(READINGS.submission, { requestedId: id, httpStatus: 0, unaskable: UNASKABLE })
  }

  /** What the gateway says about itself; `expected` answers the deposit address that should stand there, by what was read. */
  async network(signal: AbortSignal, expected: (found: JsonObject) => string | null): Promise<Reading> {
    const question = {
      kind: READINGS.network,
      path: '/api/v1/network/info',
      id: null,
      origin: 'poll' as const,
    }
    const reading = await this.#ask(question, signal, (body) => ({ expectedDepositAddress: expected(body) }))
    const execution = reading.body?.['execution']
    const chainId = isJsonObject(execution) ? execution['chainId'] : null
    if (typeof chainId === 'number' && Number.isSafeInteger(chainId)) this.#chainId = chainId
    return reading
  }

  /** Whether it says that it is well. */
  health(signal: AbortSignal): Promise<Reading> {
    return this.#ask({ kind: READINGS.health, path: '/api/v1/health', id: null, origin: 'poll' }, signal)
  }

  /** Whether there is a token to send commands with; signs in where there is none. */
  async canShowCredential(): Promise<Verdict> {
    const token = await this.#tokenOrWhy()
    return 'why' in token ? unmet(token.why) : met()
  }

  /** Sends the request of a command once, with the token. What a submission became is kept like a reading of it. */
  async send(request: CommandRequest, signal: AbortSignal): Promise<Sent> {
    const { site, inBackground } = this.#options
    const token = await this.#tokenOrWhy()
    if ('why' in token) return { kind: 'not-sent', why: `Nothing was sent. ${token.why}` }
    const sent = await sendOnce(request, {
      clock: site.clock,
      headers: { authorization: `Bearer ${token.value}` },
      signal: AbortSignal.any([site.signal, signal]),
    })
    if (sent.kind !== 'answered') return sent
    const answer = { ...sent, text: this.#session.withoutToken(sent.text) }
    // It is not sent again with another token; but whoever gives it again should not meet the same refusal.
    if (answer.httpStatus === 401) inBackground('Signing in again', this.#signInQuietly())
    const event = submittedEvent(request, answer)
    if (event !== null) inBackground('Keeping the answer to a submission', this.#emit(event))
    return answer
  }

  async #tokenOrWhy(): Promise<{ value: string } | { why: string }> {
    try {
      if (this.#session.token() === null) await this.#session.begin(this.#options.site.signal)
    } catch (error) {
      return { why: `Signing in failed: ${error instanceof Error ? error.message : String(error)}` }
    }
    const value = this.#session.token()
    return value === null
      ? {
          why: 'The gateway takes commands with a token only, and gave none to this connection. Set a key for it.',
        }
      : { value }
  }

  /** Where it fails, the next reading tells. */
  async #signInQuietly(): Promise<void> {
    await this.#session.begin(this.#options.site.signal).catch(() => undefined)
  }

  async #ask(
    question: Question,
    signal: AbortSignal,
    beside: (body: JsonObject) => object = () => ({}),
  ): Promise<Reading> {
    const { kind, path, id, origin } = question
    const { status, text: answered } = await this.#session.get(this.#http, path, signal)
    if (status !== 404 && (status < 200 || status > 299)) throw unusable(kind, status, STRANGE_TIP)
    const { text, read } = readBody(this.#session.withoutToken(answered))
    const memory = id === null ? this.#gateway : this.#submissions
    const isNews = origin === 'repair' || memory.isNews(id ?? kind, `${status} ${text}`, this.#nowMs())
    const body = 'value' in read && isJsonObject(read.value) ? read.value : null
    if (isNews) {
      const known = { requestedId: id, chainId: id === null ? null : this.#chainId, httpStatus: status }
      const besides = body === null ? {} : beside(body)
      // What is no answer of success may be any text.
      const told = 'value' in read ? read.value : status === 404 ? text.slice(0, LONGEST_DAMAGED) : undefined
      if (told !== undefined) await this.#tell(kind, { ...known, ...besides, body: told }, origin)
      else if ('damage' in read) await this.#emit({ kind, origin, ...damagedBody(text, read.damage) })
      memory.kept(id ?? kind, `${status} ${text}`, this.#nowMs())
    }
    return { status, body }
  }

  async #tell(kind: string, envelope: Record<string, unknown>, origin: Origin = 'poll'): Promise<void> {
    await this.#emit({ kind, origin, payload: exactText(envelope) })
  }

  async #emit(told: Pick<RawEvent, 'kind' | 'origin' | 'payload' | 'damage'>): Promise<void> {
    await tellReading(this.#options.site, { receivedAtMs: this.#nowMs(), ...told })
  }

  readonly #notePause = (httpStatus: number, pausedUntilMs: number): void => {
    const { onPause, inBackground } = this.#options
    onPause(pausedUntilMs)
    inBackground('Noting a pause', this.#tell(READINGS.health, { httpStatus, pausedUntilMs }))
  }

  #nowMs(): number {
    return this.#options.site.clock.nowMs()
  }
}
