import { comparableId } from '../../../../shared/intent/ids.ts'
import type { Answered, CommandRequest, Given, Judgement } from '../../command.ts'
import { advised } from '../../kit/advice.ts'
import { exactText } from '../../kit/exactJson.ts'
import { bodyOf, judgeByStatus } from '../../kit/judgement.ts'
import { gatewayUrl } from '../endPoint.ts'
import type { FlashnetSettings } from '../index.ts'
import { READINGS } from '../wire.ts'
import { SUBMIT_ADVICE } from './advice.ts'
import { bodyFields } from './bodyFields.ts'
import { intentIdOf } from './intentId.ts'
import { clawedBack, isNonceBody, type SignedBody } from './signedBody.ts'

/** What a command that submits was given. */
export type Submitting = Given<SignedBody, FlashnetSettings>

/** Longest id that is kept. */
const LONGEST_ID = 200

/** What is said of repeats; the rest depends on the command. */
export const ONCE =
  'The gateway takes the same content once, ever, and answers a repeat with 409. An answer that is lost cannot be found again by reading, since nothing is found by its content: a person settles it.'

/** A POST of an end point of the gateway, which wants the token of whoever signed in. */
export function post(
  { connection }: Pick<Submitting, 'connection'>,
  path: string,
  body: object,
): CommandRequest {
  return {
    method: 'POST',
    url: gatewayUrl(connection) + path,
    body: exactText(body),
    secretHeaders: ['authorization'],
    secrets: [],
  }
}

/** The submission of what was signed: neither the key nor the id that stand beside it in a file are sent. */
export function execute(given: Submitting): CommandRequest {
  return post(given, READINGS.execute.replace('POST ', ''), bodyFields(given.input))
}

/** What it is about: the transfer that it gives back, else its content, by the id of it or the nonce where there is none. */
export function subjectOf({ input }: Submitting): string {
  return clawedBack(input) ?? contentOf(input)
}

/** Whatever else it touches: a transfer is spent once, so that giving it back and spending it exclude each other. */
export function alsoNamed({ input }: Submitting): string[] {
  return [contentOf(input), ...input.deposits.map(({ sparkTransferId }) => sparkTransferId)]
}

function contentOf(input: SignedBody): string {
  return isNonceBody(input) ? input.nonce : intentIdOf(input)
}

/** What the gateway’s answer to a submission means; it names the submission, which is followed from then on. */
export function judgeSubmission(answer: Answered, { input }: Submitting): Judgement {
  const judged = advised(judgeByStatus(answer), answer, SUBMIT_ADVICE)
  if (answer.httpStatus === 409) return { ...judged, why: `${judged.why} ${TAKEN}` }
  if (judged.outcome !== 'accepted') return judged
  const { submissionId, intentId } = bodyOf(answer) ?? {}
  const facts: Record<string, string> = { expiresAt: new Date(input.expiresAt).toISOString() }
  if (isId(intentId)) facts['intentId'] = intentId
  if (!isId(submissionId))
    return {
      ...judged,
      facts,
      why: `${judged.why} It names no submissionId, so that it cannot be followed.`,
      advice: 'Ask whoever runs the gateway for the submissionId of this content, and watch that.',
    }
  return {
    ...judged,
    facts: { submissionId, ...facts },
    follow: { kind: 'submissionId', value: submissionId },
    why: `${judged.why} It is followed as ${submissionId}.${strangeId(intentId, input)}`,
  }
}

const TAKEN =
  'Such content is there already: either it was accepted before and all is well, or it came to nothing and can never be submitted again.'

function strangeId(intentId: unknown, input: SignedBody): string {
  if (isNonceBody(input) || !isId(intentId)) return ''
  const computed = intentIdOf(input)
  return comparableId(intentId) === computed
    ? ''
    : ` It calls the content ${intentId}, and by its own rules that is ${computed}: ask who runs it.`
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_ID
}
