import { Failure } from '../../../shared/api/failure.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Site } from '../upstream.ts'
import { readJson, type Reading } from './exactJson.ts'
import { LONGEST_DAMAGED, type Damage } from './guard.ts'
import { redact } from './redact.ts'

/** A reading as the journal keeps it, but for the connection that it was made over. */
type Told = Pick<RawEvent, 'kind' | 'origin' | 'receivedAtMs' | 'payload' | 'damage'>

/** The body of an answer, secrets taken out before anything else is done with it. An empty one reads as null. */
export function readBody(answered: string): { text: string; read: Reading } {
  const text = redact(answered.trim() || 'null')
  return { text, read: readJson(text) }
}

/** What the journal keeps of a body that is not JSON. */
export function damagedBody(text: string, { reason }: Damage): Pick<RawEvent, 'payload' | 'damage'> {
  return { payload: text.slice(0, LONGEST_DAMAGED), damage: { path: '$.body', reason } }
}

/** Hands a reading to the journal's queue; waits while that is full. */
export async function tellReading(site: Site, told: Told): Promise<void> {
  const { id, system } = site.connection
  await site.emit({ connection: id, system, isSample: true, ...told })
}

/** The failure of a reading that was answered, but with nothing that can be used. */
export function unusable(kind: string, httpStatus: number, tip: string): Failure {
  const sentence = `${kind} gave no answer that can be used (HTTP ${httpStatus}).`
  return new Failure('upstream', sentence, { tip, facts: { httpStatus } })
}
