import type { DriftFact, Fact } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { readJson } from '../kit/exactJson.ts'
import { factKey } from '../kit/factKey.ts'
import { intentFact } from '../kit/intentFact.ts'
import { isJsonObject, shapeBy, wrongRoot, type JsonObject } from '../kit/shape.ts'
import { chainOfFeed } from './feed.ts'
import { aliasesOf } from './learn.ts'
import { activeFacts, changeFacts, type Place } from './orderFacts.ts'
import { itemsOf, normaliseReading } from './readings.ts'
import { solanaFacts, solanaListed } from './solanaFacts.ts'
import { frameEnvelope, orderChange } from './wire.ts'

/** Longest word of the server's that is counted, characters. */
const LONGEST_WORD = 200

/** Longest sentence of the server's that the connection log repeats, characters. */
const LONGEST_SENTENCE = 500

/** Solana's feed has its own events and its own orders. */
const SOLANA_CHAIN = 501

/** What one raw event of 1inch Fusion means. Pure; never throws: what cannot be read becomes a quarantine fact. */
export function normalise(event: RawEvent): Fact[] {
  if (event.damage !== undefined) return [{ about: 'quarantine', ...event.damage }]
  const read = readJson(event.payload)
  if ('damage' in read) return [{ about: 'quarantine', ...read.damage }]
  if (/^(?:GET|POST) /.test(event.kind)) return normaliseReading(event, read.value)
  if (!isJsonObject(read.value)) return [wrongRoot(read.value)]
  const { value, problems } = shapeBy(frameEnvelope, read.value, ['feed'])
  if (value === null) return problems
  const { frame } = value
  if (!isJsonObject(frame)) return at('$.frame', [wrongRoot(frame)])
  const chainId = chainOfFeed(value.feed)
  const place = { where: event.kind, chainId, receivedAtMs: event.receivedAtMs }
  return typeof frame['method'] === 'string' && frame['event'] === undefined
    ? replyFacts(frame['method'], frame['result'], place)
    : eventFacts(frame, place)
}

function eventFacts(frame: JsonObject, place: Place): Fact[] {
  const name = frame['event']
  if (typeof name !== 'string') {
    const found = typeof name === 'undefined' ? 'nothing' : `a ${typeof name}`
    return [{ about: 'quarantine', path: '$.frame.event', reason: `Expected a text, found ${found}.` }]
  }
  const { payload, key, drift } = payloadOf(frame, name)
  const path = `$.frame.${key}`
  if (!isDescribed(name, place)) return [...drift, ...undescribedFacts(name, payload, place)]
  if (!isJsonObject(payload)) return [...drift, ...at(path, [wrongRoot(payload)])]
  return [...drift, ...at(path, factsOf(name, payload, place))]
}

function factsOf(name: string, payload: JsonObject, place: Place): Fact[] {
  if (place.chainId === SOLANA_CHAIN) return solanaFacts(name, payload, place)
  return name === 'order_created' ? activeFacts(payload, place) : changeFacts(name, payload, place)
}

const EVM_EVENTS: ReadonlySet<string> = new Set([
  'order_created',
  'order_invalid',
  'order_balance_or_allowance_change',
  'order_filled',
  'order_filled_partially',
  'order_cancelled',
])

const SOLANA_EVENTS: ReadonlySet<string> = new Set(['create', 'fill', 'cancel'])

function isDescribed(name: string, { chainId }: Place): boolean {
  return (chainId === SOLANA_CHAIN ? SOLANA_EVENTS : EVM_EVENTS).has(name)
}

/** The payload is under `result`. READMEs and machine-written pages say `data`: read too, and counted. */
function payloadOf(frame: JsonObject, name: string): { payload: unknown; key: string; drift: DriftFact[] } {
  const isRenamed = frame['result'] === undefined && frame['data'] !== undefined
  const key = isRenamed ? 'data' : 'result'
  const strange = Object.keys(frame).filter((field) => field !== 'event' && field !== 'result')
  const drift = strange.map((what): DriftFact => {
    return {
      about: 'drift',
      kind: 'unknown-field',
      where: name.slice(0, LONGEST_WORD),
      what: what.slice(0, LONGEST_WORD),
    }
  })
  return { payload: frame[key], key, drift }
}

/** Events that the contract does not describe: counted, and kept on the timeline of the order that they name. */
function undescribedFacts(name: string, payload: unknown, { receivedAtMs }: Place): Fact[] {
  const drift: DriftFact = {
    about: 'drift',
    kind: 'unknown-event',
    where: 'event',
    what: name.slice(0, LONGEST_WORD),
  }
  const { value } = isJsonObject(payload) ? shapeBy(orderChange, payload, ['orderHash']) : { value: null }
  if (value === null) return [drift]
  const key = factKey('undescribed', [name, value.orderHash, receivedAtMs])
  const aliases = aliasesOf(value.orderHash)
  return [drift, intentFact({ kind: 'undescribedEventReceived', aliases, key })]
}

function replyFacts(method: string, result: unknown, place: Place): Fact[] {
  const error = isJsonObject(result) ? result['error'] : undefined
  if (error !== undefined) {
    const said = typeof error === 'string' ? error : JSON.stringify(error)
    const text = `${method.slice(0, LONGEST_WORD)} was refused: ${said.slice(0, LONGEST_SENTENCE)}`
    return [{ about: 'link', kind: 'refused', atMs: null, text }]
  }
  switch (method) {
    case 'ping':
      return [{ about: 'link', kind: 'pong', atMs: null, text: null }]
    case 'getAllowedMethods':
      return [{ about: 'link', kind: 'methods', atMs: null, text: null }]
    case 'getActiveOrders':
      return listedFacts(result, place)
    default:
      return [{ about: 'drift', kind: 'unknown-event', where: 'method', what: method.slice(0, LONGEST_WORD) }]
  }
}

function listedFacts(result: unknown, place: Place): Fact[] {
  const { items } = itemsOf(result)
  if (items === null) return at('$.frame.result', [wrongRoot(result)])
  const read = place.chainId === SOLANA_CHAIN ? solanaListed : activeFacts
  return items.flatMap((item, index) => {
    const facts = isJsonObject(item) ? read(item, place) : [wrongRoot(item)]
    return at(`$.frame.result.items[${index}]`, facts)
  })
}

/** Quarantine paths begin at the payload; the journal keeps the whole frame. */
function at(path: string, facts: Fact[]): Fact[] {
  return facts.map((fact) =>
    fact.about === 'quarantine' ? { ...fact, path: `${path}${fact.path.slice(1)}` } : fact,
  )
}
