import type { DriftFact, Fact, IntentFact, QuarantineFact } from '../shared/intent/fact.ts'
import { foldFacts } from '../shared/intent/fold.ts'
import { connectionId, intentIdOf } from '../shared/intent/ids.ts'
import type { Intent } from '../shared/intent/intent.ts'
import type { RawEvent } from '../shared/log/rawEvent.ts'
import { normalise } from '../electron/upstreams/defi-api/normalise.ts'

/** When the first answer of a test is read. */
export const READ_AT_MS = Date.UTC(2026, 10, 21, 15)
export const ID = '5b0f5a3e-6a0e-4a53-9d0e-2a7c1f7b9e10'
export const TX = `0x${'12'.repeat(32)}`
const READING = 'GET /v1/intents/:intent_id'

interface Asked {
  kind?: string
  envelope?: object
  receivedAtMs?: number
}

/** An answer as the connection journals it; `body` as text is sent as it stands. */
function event(
  body: unknown,
  { kind = READING, envelope = {}, receivedAtMs = READ_AT_MS }: Asked = {},
): RawEvent {
  const head = JSON.stringify({
    requestedId: null,
    httpStatus: 200,
    firstReadAtMs: receivedAtMs,
    ...envelope,
  })
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    connection: connectionId('defi'),
    system: 'defi-api',
    kind,
    origin: 'poll',
    receivedAtMs,
    payload: `${head.slice(0, -1)},"body":${text}}`,
    isSample: true,
  }
}

export function facts(body: unknown, asked: Asked = {}): Fact[] {
  return normalise(event(body, asked))
}

export function intentOf(all: Fact[]): IntentFact {
  const found = all.find((fact) => fact.about === 'intent')
  if (found === undefined) throw new Error(`no intent fact among ${JSON.stringify(all)}`)
  return found
}

export function oddities(all: Fact[]): (DriftFact | QuarantineFact)[] {
  return all.filter((fact) => fact.about === 'drift' || fact.about === 'quarantine')
}

/** The intent after answers, each read a minute after the one before. */
export function folded(...bodies: object[]): Intent {
  const heard = bodies.flatMap((body, at) => {
    const receivedAtMs = READ_AT_MS + at * 60_000
    const notBeforeMs = at === 0 ? null : receivedAtMs - 60_000
    return facts({ intent_id: ID, ...body }, { receivedAtMs, envelope: { notBeforeMs } })
      .filter((fact) => fact.about === 'intent')
      .map((fact) => ({ fact, origin: 'poll' as const, receivedAtMs }))
  })
  const id = intentIdOf(connectionId('defi'), { kind: 'intentId', value: ID })
  return foldFacts({ id, system: 'defi-api', connection: connectionId('defi') }, heard)
}
