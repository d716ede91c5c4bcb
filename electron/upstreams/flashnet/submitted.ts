import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Answered, CommandRequest } from '../command.ts'
import { exactText, readJson } from '../kit/exactJson.ts'
import { redact } from '../kit/redact.ts'
import { isJsonObject, type JsonObject } from '../kit/shape.ts'
import { READINGS } from './wire.ts'

/**
 * What the answer to a submission tells, as a reading of it: no later reading says when it expires and what it spends. Null where
 * the answer names no submission.
 */
export function submittedEvent(
  { url, body }: CommandRequest,
  { httpStatus, text }: Answered,
): Pick<RawEvent, 'kind' | 'origin' | 'payload'> | null {
  const isTaken = httpStatus >= 200 && httpStatus < 300 && url.endsWith(READINGS.execute.replace('POST ', ''))
  const answer = isTaken ? objectIn(redact(text)) : null
  const submissionId = answer?.['submissionId']
  if (answer === null || typeof submissionId !== 'string' || submissionId === '') return null
  const { chainId, expiresAt, deposits } = objectIn(redact(body ?? '')) ?? {}
  const submitted = { expiresAt, deposits }
  const envelope = { requestedId: submissionId, chainId, httpStatus, submitted, body: answer }
  return { kind: READINGS.execute, origin: 'poll', payload: exactText(envelope) }
}

function objectIn(text: string): JsonObject | null {
  const read = readJson(text)
  return 'value' in read && isJsonObject(read.value) ? read.value : null
}
