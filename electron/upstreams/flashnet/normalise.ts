import type { Fact } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { readJson } from '../kit/exactJson.ts'
import { factKey } from '../kit/factKey.ts'
import { intentFact } from '../kit/intentFact.ts'
import { isJsonObject, isSaid, shapeBy, under, wrongRoot } from '../kit/shape.ts'
import { link, networkFacts } from './gatewayFacts.ts'
import { submissionFacts } from './submissionFacts.ts'
import { readingEnvelope, READINGS } from './wire.ts'

/** What one raw event of a Flashnet gateway means. Pure; never throws: what cannot be read becomes a quarantine fact. */
export function normalise(event: RawEvent): Fact[] {
  if (event.damage !== undefined) return [{ about: 'quarantine', ...event.damage }]
  const read = readJson(event.payload)
  if ('damage' in read) return [{ about: 'quarantine', ...read.damage }]
  if (!isJsonObject(read.value)) return [wrongRoot(read.value)]
  const { value, problems } = shapeBy(readingEnvelope, read.value, ['httpStatus', 'requestedId'])
  if (value === null) return problems
  if (isSaid(value.pausedUntilMs)) {
    const seconds = Math.ceil((value.pausedUntilMs - event.receivedAtMs) / 1_000)
    const text = `The gateway asked for a pause of ${seconds} s (HTTP ${value.httpStatus}); readings wait.`
    return [link('paused', text)]
  }
  if (event.kind === READINGS.submission) return ofSubmission(event, value)
  if (event.kind === READINGS.execute) return ofSubmission(event, value).map(asSubmitted)
  if (value.httpStatus === 404) {
    return [link('notOffered', `The gateway does not offer ${event.kind} (HTTP 404).`)]
  }
  switch (event.kind) {
    case READINGS.network:
      return networkFacts(value.body, value.expectedDepositAddress ?? null)
    case READINGS.health:
      return [link('health', healthText(value.body))]
    case READINGS.signIn:
      return [link('signedIn', signedInText(value.body, event.receivedAtMs))]
    default:
      return [{ about: 'drift', kind: 'unknown-event', where: 'event', what: event.kind.slice(0, 200) }]
  }
}

interface Answer {
  requestedId?: string | null | undefined
  chainId?: number | null | undefined
  httpStatus: number
  unaskable?: string | null | undefined
  submitted?: unknown
  body?: unknown
}

function ofSubmission(
  event: RawEvent,
  { requestedId, chainId, httpStatus, unaskable, submitted, body }: Answer,
): Fact[] {
  const asked = { requestedId: requestedId ?? '', chainId: chainId ?? null }
  const aliases = [{ kind: 'submissionId', value: asked.requestedId }]
  if (isSaid(unaskable)) {
    const key = factKey('unaskable', [asked.requestedId, unaskable])
    return [intentFact({ kind: 'detailLearned', aliases, key, learned: { details: { watch: unaskable } } })]
  }
  if (httpStatus === 404) {
    const key = factKey('notFound', [asked.requestedId, event.receivedAtMs])
    return [intentFact({ kind: 'notFound', aliases, key })]
  }
  if (!isJsonObject(body)) return under('body', [wrongRoot(body)])
  const known = isJsonObject(submitted) ? { ...submitted, ...body } : body
  return under('body', submissionFacts(event, known, asked))
}

/** The answer to a submission has no time of the gateway, so that its word on the status cannot be placed among others. */
function asSubmitted(fact: Fact): Fact {
  if (fact.about !== 'intent') return fact
  const flags = fact.flags.filter((flag) => flag !== 'unknown-status')
  return { ...fact, kind: 'submitted', words: 'Submitted from this console.', claim: null, flags }
}

function healthText(body: unknown): string {
  const status = isJsonObject(body) ? body['status'] : null
  if (status === 'ok') return 'The gateway says that it is well.'
  const said = typeof status === 'string' ? `“${status.slice(0, 100)}”` : 'nothing that is known here'
  return `The gateway’s health check says ${said}.`
}

/** The body is our own: whose key it was and when the token ends. */
function signedInText(body: unknown, nowMs: number): string {
  const { publicKey, expiresAtMs } = isJsonObject(body) ? body : {}
  const who = typeof publicKey === 'string' ? ` as ${publicKey.slice(0, 66)}` : ''
  if (typeof expiresAtMs !== 'number') return `Signed in${who}; when the token ends is not said.`
  const minutes = Math.max(0, Math.round((expiresAtMs - nowMs) / 60_000))
  return `Signed in${who}; the token is good for ${minutes} min and is renewed before that.`
}
