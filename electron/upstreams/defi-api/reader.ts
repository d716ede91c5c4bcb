import type { Origin } from '../../../shared/intent/fact.ts'
import { exactText } from '../kit/exactJson.ts'
import { createHttp, type Answer, type Http } from '../kit/http.ts'
import type { OfferedCredential } from '../kit/offeredCredential.ts'
import { damagedBody, readBody, tellReading, unusable } from '../kit/readings.ts'
import { shapeBy } from '../kit/shape.ts'
import type { Site } from '../upstream.ts'
import { authoriserOf, baseUrlOf, intentPath } from './api.ts'
import { Catalogue, itemsOf } from './catalogue.ts'
import { endsOf } from './ends.ts'
import type { DefiSettings } from './index.ts'
import { ReadingMemory } from './memory.ts'
import { standingOf, type Standing } from './pace.ts'
import { intentBody, READINGS, unwrapped, type IntentBody } from './wire.ts'

/** What a reader works with. */
export interface ReaderOptions {
  site: Site<DefiSettings>
  credential: OfferedCredential
  /** The server asked for a pause: until when, epoch milliseconds. */
  onPause: (untilMs: number) => void
  /** Runs beside everything else. */
  inBackground: (name: string, work: Promise<unknown>) => void
}

/** How an intent stands, since when by our clock; null when the system would not read it. */
export type Found = (Standing & { id: string; sinceMs: number }) | null

interface Body {
  text: string
  value: unknown
}

const NOTHING: Body = { text: 'null', value: null }

/** Reads over one generation of the API; every answer that is news becomes a raw event. Fails with `Failure`. */
export class Reader {
  readonly memory = new ReadingMemory()
  readonly #site: Site<DefiSettings>
  readonly #http: Http
  readonly #catalogue = new Catalogue()
  /** What was kept last of each list. */
  readonly #lists = new Map<string, string>()

  constructor({ site, credential, onPause, inBackground }: ReaderOptions) {
    const { clock, connection } = site
    const { generation, publicKeyForm } = connection.settings
    this.#site = site
    this.#http = createHttp({
      baseUrl: baseUrlOf(connection.restUrl ?? connection.url, generation),
      clock,
      credential,
      authorise: authoriserOf(generation, { nowMs: clock.nowMs, publicKeyForm }),
      onPause: (httpStatus, pausedUntilMs) => {
        onPause(pausedUntilMs)
        const payload = JSON.stringify({ httpStatus, pausedUntilMs })
        const told = {
          kind: READINGS.networks,
          origin: 'poll',
          receivedAtMs: clock.nowMs(),
          payload,
        } as const
        inBackground('Noting a pause', tellReading(site, told))
      },
    })
  }

  /** The networks, as a sign of life too: a system that has no such list answers all the same. */
  async networks(signal: AbortSignal): Promise<void> {
    const body = await this.#list(READINGS.networks, '/networks', signal)
    this.#catalogue.learnNetworks(body)
  }

  /** One page of the tokens; answers how many it held. */
  async tokens(page: { limit: number; offset: number }, signal: AbortSignal): Promise<number> {
    const path = `/tokens?limit=${page.limit}&offset=${page.offset}`
    const body = await this.#list(READINGS.tokens, path, signal)
    this.#catalogue.learnTokens(body)
    return itemsOf(body).length
  }

  /** One intent. That the system does not know it, or will not read it, is an answer, not a failure. */
  async intent(id: string, origin: Origin, signal: AbortSignal): Promise<Found> {
    const answer = await this.#http.get(intentPath(id), signal)
    const body = await this.#bodyOf(READINGS.intent, answer, origin)
    return this.#heard({ kind: READINGS.intent, origin, answer, body, requestedId: id })
  }

  /** One page of the swaps, each told as an intent; null when the system has no such list. */
  async swaps(query: string, origin: Origin, signal: AbortSignal): Promise<Found[] | null> {
    const answer = await this.#http.get(`/swaps?${query}`, signal)
    if (answer.status >= 400) return null
    const { value } = await this.#bodyOf(READINGS.swaps, answer, origin)
    const found: Found[] = []
    for (const item of itemsOf(value)) {
      const body = { text: exactText(item), value: item }
      found.push(await this.#heard({ kind: READINGS.swaps, origin, answer, body, requestedId: null }))
    }
    return found
  }

  async #list(kind: string, path: string, signal: AbortSignal): Promise<unknown> {
    const answer = await this.#http.get(path, signal)
    // That a list is not offered may be said by a web page; it is a sign of life all the same.
    const isOffered = answer.status < 400
    const { text, value } = isOffered ? await this.#bodyOf(kind, answer, 'poll') : NOTHING
    const payload = `{"httpStatus":${answer.status},"body":${text}}`
    if (this.#lists.get(path) !== payload) {
      await tellReading(this.#site, { kind, origin: 'poll', receivedAtMs: answer.receivedAtMs, payload })
      this.#lists.set(path, payload)
    }
    return value
  }

  /** Hands an answer about an intent on, when it is news. */
  async #heard(heard: {
    kind: string
    origin: Origin
    answer: Answer
    body: Body
    requestedId: string | null
  }): Promise<Found> {
    const { kind, origin, body, requestedId } = heard
    const { status: httpStatus, receivedAtMs } = heard.answer
    const intent = httpStatus < 400 ? intentOf(body.value) : null
    const id = intent?.intent_id ?? requestedId ?? ''
    const standing = intent === null ? null : standingOf(intent)
    const status = standing?.status ?? `HTTP ${httpStatus}`
    const since = this.memory.read({
      id: id.toLowerCase(),
      kind,
      status,
      text: body.text,
      atMs: receivedAtMs,
    })
    const { firstReadAtMs, notBeforeMs } = since
    const names = intent === null ? null : this.#catalogue.namesOf(endsOf(intent))
    const known = JSON.stringify({ requestedId, httpStatus, firstReadAtMs, notBeforeMs, names })
    const payload = `${known.slice(0, -1)},"body":${body.text}}`
    // A repair is told although nothing changed: that all is as it was is what the operator wants to know.
    if (since.isNews || origin === 'repair')
      await tellReading(this.#site, { kind, origin, receivedAtMs, payload })
    return standing === null ? null : { ...standing, id, sinceMs: firstReadAtMs }
  }

  /** The body as JSON. A refusal may come in plain words; a web page never comes from this API. */
  async #bodyOf(kind: string, answer: Answer, origin: Origin): Promise<Body> {
    const { text, read } = readBody(answer.text)
    if (!('damage' in read)) return { text, value: read.value }
    if (answer.status >= 400 && !text.startsWith('<')) return { text: JSON.stringify(text), value: text }
    const { receivedAtMs } = answer
    await tellReading(this.#site, { kind, origin, receivedAtMs, ...damagedBody(text, read.damage) })
    throw unusable(kind, answer.status, 'Check `url` and the setting `generation` in the profile.')
  }
}

/** What can be read of an intent before its meaning is: enough to plan the next reading. */
function intentOf(value: unknown): IntentBody | null {
  const frame = unwrapped(value)
  return frame === null ? null : shapeBy(intentBody, frame, []).value
}
