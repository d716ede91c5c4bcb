import { normalise } from '../electron/upstreams/flashnet/normalise.ts'
import { foldFacts } from '../shared/intent/fold.ts'
import { connectionId, intentIdOf } from '../shared/intent/ids.ts'
import type { Intent } from '../shared/intent/intent.ts'
import type { DriftFact, Fact, IntentFact, QuarantineFact } from '../shared/intent/fact.ts'
import type { RawEvent } from '../shared/log/rawEvent.ts'

/** When every event of these tests came in. */
const RECEIVED_AT_MS = 1_795_269_900_000

/** The submission of these tests. */
export const SUBMISSION_ID = '7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f'

/** A raw event of the gateway with this envelope, given as a value or as JSON text. */
export function raw(kind: string, envelope: unknown): RawEvent {
  return {
    connection: connectionId('flash'),
    system: 'flashnet',
    kind,
    origin: 'poll',
    receivedAtMs: RECEIVED_AT_MS,
    payload: typeof envelope === 'string' ? envelope : JSON.stringify(envelope),
    isSample: true,
  }
}

/** What a submission with these fields means; the usual ones stand beside them. `body` may be JSON text. */
export function submission(fields: Record<string, unknown>): Fact[] {
  const body = { submissionId: SUBMISSION_ID, intentId: 'ab'.repeat(32), status: 'ACCEPTED', ...fields }
  return ofBody(JSON.stringify(body))
}

/** What a body, as JSON text, means. */
export function ofBody(body: string): Fact[] {
  const head = `{"requestedId":"${SUBMISSION_ID}","chainId":21022,"httpStatus":200,"body":`
  return normalise(raw('GET /api/v1/intents/:submissionId', `${head}${body}}`))
}

/** The one fact about an intent among facts. */
export function intentOf(facts: Fact[]): IntentFact {
  const [found, ...rest] = facts.filter((fact) => fact.about === 'intent')
  if (found === undefined || rest.length > 0)
    throw new Error(`one intent fact expected: ${JSON.stringify(facts)}`)
  return found
}

/** What is outside the contract. */
export function driftOf(facts: Fact[]): DriftFact[] {
  return facts.filter((fact) => fact.about === 'drift')
}

/** What could not be read. */
export function quarantineOf(facts: Fact[]): QuarantineFact[] {
  return facts.filter((fact) => fact.about === 'quarantine')
}

/** A submission as it was read once, with these fields. */
export function foldedSubmission(fields: Record<string, unknown>): Intent {
  const fact = intentOf(submission(fields))
  const [alias] = fact.aliases
  if (alias === undefined) throw new Error('a submission without a name')
  const connection = connectionId('flash')
  return foldFacts({ id: intentIdOf(connection, alias), system: 'flashnet', connection }, [
    { fact, origin: 'poll', receivedAtMs: RECEIVED_AT_MS },
  ])
}
