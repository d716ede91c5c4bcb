import type { Fact, LinkFact } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { factKey } from '../kit/factKey.ts'
import { isJsonObject, isSaid, shapeBy, type JsonObject, under, wrongRoot } from '../kit/shape.ts'
import { orderFact } from './facts.ts'
import { hashlockParts } from './hashlock.ts'
import { activeFacts, cancelableFacts, itemFacts, publicActionFacts, readyFacts } from './listings.ts'
import { secretFacts } from './secrets.ts'
import { statusFacts } from './status.ts'
import { PUBLISHED, readingEnvelope, READINGS } from './wire.ts'

/** What an answer over REST means. */
export function normaliseReading(event: RawEvent, root: unknown): Fact[] {
  if (!isJsonObject(root)) return [wrongRoot(root)]
  const { value, problems } = shapeBy(readingEnvelope, root, ['httpStatus', 'requestedId'])
  if (value === null) return problems
  if (isSaid(value.pausedUntilMs)) return [paused(value.httpStatus, value.pausedUntilMs - event.receivedAtMs)]
  const requestedId = value.requestedId ?? ''
  if (value.httpStatus === 404) return unknownThere(event, requestedId)
  if (value.httpStatus === 401 || value.httpStatus === 403) return [shutOut(value.httpStatus)]
  return under('body', bodyFacts(event, requestedId, value.body))
}

function bodyFacts(event: RawEvent, requestedId: string, body: unknown): Fact[] {
  if (!isJsonObject(body)) return [wrongRoot(body)]
  switch (event.kind) {
    case READINGS.status:
    case READINGS.statuses:
      return statusFacts(event, body, requestedId)
    case READINGS.active:
      return itemFacts(body['items'], 'items', (item) => activeFacts(event, item))
    case READINGS.readyFills:
      return readyFacts(event, { orderHash: requestedId, ...body })
    case READINGS.allReadyFills:
      return itemFacts(body['orders'], 'orders', (item) => readyFacts(event, item))
    case READINGS.secrets:
      return publishedFacts(event, requestedId, body)
    case READINGS.publicActions:
      return itemFacts(body['actions'], 'actions', (item) => publicActionFacts(event, item))
    case READINGS.cancelable:
      return itemFacts(body['items'], 'items', (item) => cancelableFacts(event, item))
    case READINGS.escrowFactory:
      return [factory(requestedId, body['address'])]
    default:
      return [{ about: 'drift', kind: 'unknown-event', where: 'event', what: event.kind.slice(0, 200) }]
  }
}

/** The published secrets of one order: which are public, never what they are. */
function publishedFacts(event: RawEvent, requestedId: string, body: JsonObject): Fact[] {
  const facts = itemFacts(body[PUBLISHED] ?? [], PUBLISHED, (item) =>
    secretFacts(event, item, { isPushed: false }),
  )
  const orderType = body['orderType']
  if (requestedId === '' || typeof orderType !== 'string' || orderType.length > 200) return facts
  const parts = hashlockParts(body)
  const type = orderFact({
    orderHash: requestedId,
    kind: 'detailLearned',
    learned: { details: { 'order type': orderType }, parts },
    key: factKey('orderType', [requestedId, orderType, parts]),
  })
  return [type, ...facts]
}

function unknownThere(event: RawEvent, requestedId: string): Fact[] {
  const isOrder = event.kind === READINGS.status || event.kind === READINGS.statuses
  if (!isOrder || requestedId === '')
    return [link('notOffered', `The API does not offer ${event.kind} (HTTP 404).`)]
  const key = factKey('notFound', [requestedId, event.receivedAtMs])
  return [orderFact({ orderHash: requestedId, kind: 'notFound', key })]
}

function factory(chainId: string, address: unknown): LinkFact {
  const text = typeof address === 'string' ? address.slice(0, 200) : 'not said'
  return link('escrowFactory', `Escrow factory on chain ${chainId}: ${text}.`)
}

function paused(httpStatus: number, pauseMs: number): LinkFact {
  const seconds = Math.ceil(pauseMs / 1_000)
  return link(
    'restPaused',
    `The REST API asked for a pause of ${seconds} s (HTTP ${httpStatus}); readings wait.`,
  )
}

function shutOut(httpStatus: number): LinkFact {
  const text = `The REST API does not accept the credential (HTTP ${httpStatus}); readings wait for another one.`
  return link('restRefused', text)
}

function link(kind: string, text: string): LinkFact {
  return { about: 'link', kind, atMs: null, text }
}
