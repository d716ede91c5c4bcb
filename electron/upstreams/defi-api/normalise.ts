import type { DriftFact, Fact, LinkFact } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { exactText, readJson } from '../kit/exactJson.ts'
import { factKey } from '../kit/factKey.ts'
import { intentFact } from '../kit/intentFact.ts'
import {
  isJsonObject,
  isSaid,
  shapeBy,
  type JsonObject,
  under,
  unknownFields,
  wrongRoot,
} from '../kit/shape.ts'
import { namedNetworks, namedTokens } from './catalogue.ts'
import { intentFacts } from './intentFacts.ts'
import {
  CREATED,
  errorBody,
  intentBody,
  readingEnvelope,
  READINGS,
  side,
  swapMetadata,
  unwrapped,
  type ReadingEnvelope,
} from './wire.ts'

const INTENT_FIELDS: ReadonlySet<string> = new Set(Object.keys(intentBody.shape))
const SWAP_FIELDS: ReadonlySet<string> = new Set(Object.keys(swapMetadata.shape))
const SIDE_FIELDS: ReadonlySet<string> = new Set(Object.keys(side.shape))

/** Longest sentence of the server's that is repeated, characters. */
const LONGEST_SENTENCE = 500

/** What one raw event of the DeFi API means. Pure; never throws: what cannot be read becomes a quarantine fact. */
export function normalise(event: RawEvent): Fact[] {
  if (event.damage !== undefined) return [{ about: 'quarantine', ...event.damage }]
  const read = readJson(event.payload)
  if ('damage' in read) return [{ about: 'quarantine', ...read.damage }]
  if (!isJsonObject(read.value)) return [wrongRoot(read.value)]
  const { value: envelope, problems } = shapeBy(readingEnvelope, read.value, ['httpStatus', 'requestedId'])
  if (envelope === null) return problems
  if (isSaid(envelope.pausedUntilMs))
    return [paused(envelope.httpStatus, envelope.pausedUntilMs - event.receivedAtMs)]
  return meaningOf(event, envelope)
}

function meaningOf(event: RawEvent, envelope: ReadingEnvelope): Fact[] {
  const { httpStatus, body } = envelope
  switch (event.kind) {
    case READINGS.intent:
    case READINGS.swaps:
    case CREATED:
      return httpStatus >= 400 ? refusedFacts(event, envelope) : answerFacts(event, envelope)
    case READINGS.networks:
      return [catalogueText(event.kind, httpStatus, `Networks: ${networksText(body)}.`)]
    case READINGS.tokens:
      return [catalogueText(event.kind, httpStatus, `${namedTokens(body).size} tokens are known by name.`)]
    default:
      return [{ about: 'drift', kind: 'unknown-event', where: 'event', what: event.kind.slice(0, 200) }]
  }
}

function answerFacts(event: RawEvent, envelope: ReadingEnvelope): Fact[] {
  const frame = unwrapped(envelope.body)
  if (frame === null) return under('body', [wrongRoot(envelope.body)])
  const { value: body, problems } = shapeBy(intentBody, frame, ['intent_id', 'status'])
  const wrong = under('body', problems)
  if (body === null) return wrong
  const facts = intentFacts({ event, envelope, body })
  const [first] = facts
  if (wrong.length > 0 && first?.about === 'intent') first.flags.push('quarantined')
  return [...facts, ...wrong, ...strangeFields(event.kind, frame)]
}

/** That the system does not know an id, or will not read it, is an answer too, with its reason. */
function refusedFacts(
  event: RawEvent,
  { httpStatus, body, requestedId, firstReadAtMs }: ReadingEnvelope,
): Fact[] {
  if (!isSaid(requestedId)) return [{ about: 'quarantine', path: '$.requestedId', reason: 'Expected an id.' }]
  const aliases = [{ kind: 'intentId', value: requestedId }]
  const kind = httpStatus === 404 ? 'notFound' : 'readingRefused'
  const failures = failuresOf(httpStatus, body)
  const key = factKey(kind, [requestedId, firstReadAtMs ?? event.receivedAtMs, failures])
  return [intentFact({ kind, aliases, key, learned: { failures } })]
}

function failuresOf(httpStatus: number, body: unknown): Record<string, string> {
  const refusal = `HTTP ${httpStatus}`
  if (!isJsonObject(body)) return { refusal }
  const { value } = shapeBy(errorBody, body, [])
  const told = [value?.type, value?.message].filter((text) => isSaid(text) && text !== '')
  const text = told.length > 0 ? told.join(': ') : exactText(body)
  return { refusal: `${refusal}: ${text.slice(0, LONGEST_SENTENCE)}` }
}

/** Every field that the contract does not name, the ends' and the swap's own among them. */
function strangeFields(where: string, frame: JsonObject): DriftFact[] {
  const { swap_metadata: swap, from, to } = frame
  const inner = [
    { name: 'swap_metadata', value: swap, known: SWAP_FIELDS },
    { name: 'from', value: from, known: SIDE_FIELDS },
    { name: 'to', value: to, known: SIDE_FIELDS },
  ]
  return [
    ...unknownFields(where, frame, INTENT_FIELDS),
    ...inner.flatMap(({ name, value, known }) =>
      isJsonObject(value) ? unknownFields(`${where}.${name}`, value, known) : [],
    ),
  ]
}

function networksText(body: unknown): string {
  const names = [...namedNetworks(body)].map(([id, name]) => `${id} ${name}`)
  return names.length === 0 ? 'none named' : names.join(', ').slice(0, LONGEST_SENTENCE)
}

function catalogueText(kind: string, httpStatus: number, text: string): LinkFact {
  if (httpStatus < 400) return link(kind, text)
  return link(kind, `The system does not offer ${kind} (HTTP ${httpStatus}); names stay unknown.`)
}

function paused(httpStatus: number, pauseMs: number): LinkFact {
  const seconds = Math.ceil(pauseMs / 1_000)
  return link('restPaused', `The API asked for a pause of ${seconds} s (HTTP ${httpStatus}); readings wait.`)
}

function link(kind: string, text: string): LinkFact {
  return { about: 'link', kind, atMs: null, text }
}
