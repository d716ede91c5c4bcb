import type { Fact, LinkFact } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { factKey } from '../kit/factKey.ts'
import { intentFact } from '../kit/intentFact.ts'
import { aliasesOf, readingFacts } from './intentFacts.ts'
import { leavesOf, timelocksIn } from './learn.ts'
import { isJsonObject, isSaid, shapeBy, type JsonObject, under, wrongRoot } from '../kit/shape.ts'
import { detailText } from '../kit/wireValues.ts'
import { readingEnvelope, READINGS } from './wire.ts'

/** What an answer over REST means. */
export function normaliseReading(event: RawEvent, root: unknown): Fact[] {
  if (!isJsonObject(root)) return [wrongRoot(root)]
  const { value, problems } = shapeBy(readingEnvelope, root, ['httpStatus', 'requestedId'])
  if (value === null) return problems
  if (isSaid(value.pausedUntilMs)) return [paused(value.httpStatus, value.pausedUntilMs - event.receivedAtMs)]
  if (event.kind === READINGS.intent) return intentFacts(event, value.requestedId ?? '', value)
  if (value.httpStatus === 404)
    return [link('notOffered', `The backend does not offer ${event.kind} (HTTP 404).`)]
  switch (event.kind) {
    case READINGS.htlcParams:
      return htlcFacts(event, value.requestedId ?? '', value.body)
    case READINGS.health:
      return [link('health', 'The REST API answers its health check.')]
    case READINGS.chains:
      return [link('chains', chainsText(value.body))]
    case READINGS.addresses:
      return [link('htlcAddresses', leavesText('HTLC contracts', value.body))]
    default:
      return [{ about: 'drift', kind: 'unknown-event', where: 'event', what: event.kind.slice(0, 200) }]
  }
}

function intentFacts(
  event: RawEvent,
  requestedId: string,
  answer: { httpStatus: number; body?: unknown },
): Fact[] {
  if (answer.httpStatus === 404) {
    const key = factKey('notFound', [requestedId, event.receivedAtMs])
    return [intentFact({ kind: 'notFound', aliases: aliasesOf([requestedId]), key })]
  }
  const body = unwrapped(answer.body)
  if (!isJsonObject(body)) return under('body', [wrongRoot(body)])
  return under('body', readingFacts(event, body, requestedId))
}

/** The body is not documented: an intent that stands one level down under a usual name is taken from there. */
function unwrapped(body: unknown): unknown {
  if (!isJsonObject(body) || 'status' in body || 'intentId' in body) return body
  return [body['intent'], body['data']].find(isJsonObject) ?? body
}

function htlcFacts(event: RawEvent, requestedId: string, body: unknown): Fact[] {
  if (!isJsonObject(body)) return under('body', [wrongRoot(body)])
  const details: Record<string, string> = {}
  for (const { path, value } of leavesOf(body)) details[`htlc ${path}`] = detailText(value)
  const deadlines = timelocksIn(body)
  const learned = deadlines.length > 0 ? { details, deadlines } : { details }
  const key = factKey('htlcParams', [requestedId, learned])
  return [intentFact({ kind: 'detailLearned', aliases: aliasesOf([requestedId]), learned, key })]
}

/** Enabled and operational are two things: a chain can be switched on and still not work. */
function chainsText(body: unknown): string {
  const list = isJsonObject(body) ? (body['chains'] ?? Object.values(body)) : body
  const chains = Array.isArray(list) ? list.filter(isJsonObject) : []
  if (chains.length === 0) return leavesText('Chains', body)
  return `Chains: ${chains.map(chainText).join('; ')}.`
}

function chainText(chain: JsonObject): string {
  const name = detailText(chain['name'] ?? chain['id'] ?? chain['chainId'] ?? 'unnamed')
  const told = (field: string, yes: string, no: string): string =>
    chain[field] === undefined ? `${yes}: not said` : chain[field] === true ? yes : no
  return `${name} ${told('enabled', 'enabled', 'not enabled')}, ${told('operational', 'operational', 'not operational')}`
}

function leavesText(title: string, body: unknown): string {
  const parts = leavesOf(body).map(({ path, value }) => `${path} ${detailText(value)}`)
  return `${title}: ${parts.join(', ').slice(0, 1_000)}.`
}

function paused(httpStatus: number, pauseMs: number): LinkFact {
  const seconds = Math.ceil(pauseMs / 1_000)
  return link(
    'restPaused',
    `The REST API asked for a pause of ${seconds} s (HTTP ${httpStatus}); readings wait.`,
  )
}

function link(kind: string, text: string): LinkFact {
  return { about: 'link', kind, atMs: null, text }
}
