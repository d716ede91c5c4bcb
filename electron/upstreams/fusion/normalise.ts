import type { Fact } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { readJson } from '../kit/exactJson.ts'
import { factKey } from '../kit/factKey.ts'
import { intentFact } from '../kit/intentFact.ts'
import { aliasesOf, eventFacts, proofFacts } from './intentFacts.ts'
import { normaliseReading } from './readings.ts'
import {
  isJsonObject,
  isSaid,
  kindOf,
  shapeBy,
  unknownFields,
  wrongRoot,
  type JsonObject,
} from '../kit/shape.ts'
import { detailText, instantOf } from '../kit/wireValues.ts'
import { namingEvent, statsEvent } from './wire.ts'

const NAMING_FIELDS: ReadonlySet<string> = new Set(Object.keys(namingEvent.shape))
const STATS_FIELDS: ReadonlySet<string> = new Set(Object.keys(statsEvent.shape))

/** Longest sentence of the server's that the connection log repeats, characters. */
const LONGEST_SENTENCE = 500

/** What one raw event of the Fusion backend means. Pure; never throws: what cannot be read becomes a quarantine fact. */
export function normalise(event: RawEvent): Fact[] {
  if (event.damage !== undefined) return [{ about: 'quarantine', ...event.damage }]
  const read = readJson(event.payload)
  if ('damage' in read) return [{ about: 'quarantine', ...read.damage }]
  if (event.kind.startsWith('GET ')) return normaliseReading(event, read.value)
  const { frame, extra } = argumentOf(read.value)
  switch (event.kind) {
    case 'intent:status':
    case 'intent:new':
    case 'intent:status_changed':
      return isJsonObject(frame) ? [...eventFacts(event, frame), ...extra] : [wrongRoot(frame)]
    case 'intent:proof':
    case 'intent:proof_changed':
      return isJsonObject(frame) ? [...proofFacts(event, frame), ...extra] : [wrongRoot(frame)]
    case 'intent:removed':
    case 'intent:not_found':
      return namingFacts(event, typeof frame === 'string' ? { intentId: frame } : frame)
    case 'mempool:stats':
      return isJsonObject(frame) ? statsFacts(event, frame) : [wrongRoot(frame)]
    case 'pong':
      return [{ about: 'link', kind: 'pong', atMs: timestampOf(frame), text: null }]
    case 'error':
      return [{ about: 'link', kind: 'error', atMs: timestampOf(frame), text: troubleText(frame) }]
    default:
      return undescribedFacts(event, frame)
  }
}

/** The one argument that events have. A server that begins to send more is still understood, and counted. */
function argumentOf(value: unknown): { frame: unknown; extra: Fact[] } {
  if (!Array.isArray(value) || value.length < 2) return { frame: value, extra: [] }
  const what = `${value.length} arguments`
  return { frame: value[0], extra: [{ about: 'drift', kind: 'unknown-field', where: 'arguments', what }] }
}

function namingFacts(event: RawEvent, frame: unknown): Fact[] {
  if (!isJsonObject(frame)) return [wrongRoot(frame)]
  const { value, problems } = shapeBy(namingEvent, frame, ['intentId'])
  if (value === null) return problems
  const kind = event.kind === 'intent:removed' ? 'removed' : 'notFound'
  const atMs = instantOf(value.timestamp)
  const key = factKey(kind, [value.intentId, atMs ?? event.receivedAtMs])
  const fact = intentFact({ kind, aliases: aliasesOf([value.intentId]), atMs, emittedAtMs: atMs, key })
  return [fact, ...problems, ...unknownFields(event.kind, frame, NAMING_FIELDS)]
}

function statsFacts(event: RawEvent, frame: JsonObject): Fact[] {
  const { value, problems } = shapeBy(statsEvent, frame, [])
  const drift = unknownFields(event.kind, frame, STATS_FIELDS)
  const values: Record<string, number> = {}
  for (const [name, count] of Object.entries(value ?? {})) if (isSaid(count)) values[name] = count
  for (const { what } of drift) {
    const count = frame[what]
    if (Number.isSafeInteger(count) && Number(count) >= 0 && what !== '__proto__')
      values[what] = Number(count)
  }
  if (Object.keys(values).length === 0) return [...problems, ...drift]
  return [{ about: 'sample', series: 'mempool', atMs: null, values }, ...problems, ...drift]
}

/** Events that the contract does not describe, and the one that it says is never sent: counted, and kept on the timeline. */
function undescribedFacts(event: RawEvent, frame: unknown): Fact[] {
  const isNamed = event.kind === 'intent:settlement_proof'
  const kind = isNamed ? 'unpromised-event' : 'unknown-event'
  const facts: Fact[] = [{ about: 'drift', kind, where: 'event', what: event.kind.slice(0, 200) }]
  if (!isJsonObject(frame)) return facts
  const { value } = shapeBy(namingEvent, frame, ['intentId'])
  if (value === null) return facts
  const atMs = instantOf(value.timestamp)
  const key = factKey('undescribed', [event.kind, event.payload, atMs ?? event.receivedAtMs])
  const aliases = aliasesOf([value.intentId])
  facts.push(intentFact({ kind: 'undescribedEventReceived', aliases, atMs, emittedAtMs: atMs, key }))
  return facts
}

function timestampOf(frame: unknown): number | null {
  return instantOf(isJsonObject(frame) ? frame['timestamp'] : frame)
}

function troubleText(frame: unknown): string {
  const said = isJsonObject(frame) ? (frame['message'] ?? frame['error'] ?? frame) : frame
  const isEmpty = Array.isArray(said) && said.length === 0
  const text = isEmpty ? kindOf(undefined) : detailText(said)
  return `The server reported an error: ${text.slice(0, LONGEST_SENTENCE)}`
}
