import type { Fact } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { readJson } from '../kit/exactJson.ts'
import { isJsonObject, type JsonObject, under, wrongRoot } from '../kit/shape.ts'
import { eventFacts } from './events.ts'
import { activeFacts, itemFacts } from './listings.ts'
import { normaliseReading } from './readings.ts'
import { REPLIES } from './wire.ts'

/** What one raw event of Fusion+ means. Pure; never throws: what cannot be read becomes a quarantine fact. */
export function normalise(event: RawEvent): Fact[] {
  if (event.damage !== undefined) return [{ about: 'quarantine', ...event.damage }]
  const read = readJson(event.payload)
  if ('damage' in read) return [{ about: 'quarantine', ...read.damage }]
  if (/^(?:GET|POST) /.test(event.kind)) return normaliseReading(event, read.value)
  if (!isJsonObject(read.value)) return [wrongRoot(read.value)]
  return event.kind.startsWith('rpc:') ? replyFacts(event, read.value) : frameFacts(event, read.value)
}

/** The documents of others call the payload `data`; nobody has seen the server do so. It is read, and counted. */
function frameFacts(event: RawEvent, frame: JsonObject): Fact[] {
  const isRenamed = frame['result'] === undefined && frame['data'] !== undefined
  const result = isRenamed ? frame['data'] : frame['result']
  const path = isRenamed ? 'data' : 'result'
  const extra = Object.keys(frame).filter((field) => field !== 'event' && field !== 'result')
  const drift = extra.map((what): Fact => ({
    about: 'drift',
    kind: 'unknown-field',
    where: 'frame',
    what: what.slice(0, 200),
  }))
  const facts = isJsonObject(result) ? eventFacts(event, result) : [wrongRoot(result)]
  return [...under(path, facts), ...drift]
}

function replyFacts(event: RawEvent, frame: JsonObject): Fact[] {
  const result = frame['result']
  const error = isJsonObject(result) ? result['error'] : undefined
  if (typeof error === 'string') {
    const text = `${event.kind} was refused: ${error.slice(0, 200)}.`
    return [{ about: 'link', kind: 'refused', atMs: null, text }]
  }
  switch (event.kind) {
    case REPLIES.ping:
      return [{ about: 'link', kind: 'pong', atMs: null, text: null }]
    case REPLIES.allowedMethods: {
      const names = Array.isArray(result) ? result.map(String).join(', ').slice(0, 500) : 'not said'
      return [{ about: 'link', kind: 'allowedMethods', atMs: null, text: `Methods allowed: ${names}.` }]
    }
    case REPLIES.activeOrders: {
      const items = isJsonObject(result) ? result['items'] : undefined
      return under(
        'result',
        itemFacts(items, 'items', (item) => activeFacts(event, item)),
      )
    }
    case REPLIES.secrets:
      // Nobody knows whose secrets it tells, since the question names no order; all of them were redacted.
      return [{ about: 'link', kind: 'secrets', atMs: null, text: null }]
    default:
      return [{ about: 'drift', kind: 'unknown-event', where: 'event', what: event.kind.slice(0, 200) }]
  }
}
