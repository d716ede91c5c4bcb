import { z } from 'zod'
import type { Answered, Judgement } from '../../command.ts'
import { advised } from '../../kit/advice.ts'
import { bodyOf, judgeByStatus } from '../../kit/judgement.ts'
import { PROOF_ADVICE } from './advice.ts'

/** Reasons that may pass by themselves; of the others none does [A]. */
const PASSING = new Set(['transfer_not_found', 'database_error'])

/** Most rejections that are told in the sentence; the answer has all. */
const MOST_TOLD = 5

/** Longest text of the gateway that is repeated, characters. */
const LONGEST_QUOTE = 200

/** Codes with which a gateway says that it has no such end point. */
const NOT_OFFERED = new Set([404, 405, 501])

/** `POST /api/v1/verifyDeposit` [R]: every transfer is in exactly one of the two lists. */
const verification = z.object({
  proofs: z.array(z.object({ index: z.number().int() })),
  rejections: z.array(
    z.object({ sparkTransferId: z.string(), reason: z.string(), message: z.string().nullish() }),
  ),
})

/** What the gateway’s answer about deposits means. */
export function judgeVerification(answer: Answered): Judgement {
  const judged = judgeByStatus(answer)
  const refused = (why: string): Judgement =>
    advised({ ...judged, outcome: 'refused', why }, answer, PROOF_ADVICE)
  if (answer.httpStatus === 503)
    return refused('The gateway is not configured to verify deposits (HTTP 503).')
  if (NOT_OFFERED.has(answer.httpStatus))
    return refused(`This gateway does not verify deposits (HTTP ${answer.httpStatus}).`)
  if (judged.outcome !== 'accepted') return judged
  const read = verification.safeParse(bodyOf(answer))
  if (!read.success) return { ...judged, why: 'The gateway answered, but not with proofs and rejections.' }
  const { proofs, rejections } = read.data
  const told = rejections.slice(0, MOST_TOLD).map(rejectionWords)
  const more = rejections.length > MOST_TOLD ? [`${rejections.length - MOST_TOLD} more were rejected.`] : []
  const head = `${proofs.length} of ${proofs.length + rejections.length} transfers are proven.`
  return { ...judged, why: [head, ...told, ...more].join(' ') }
}

function rejectionWords({
  sparkTransferId,
  reason,
  message,
}: z.infer<typeof verification>['rejections'][number]): string {
  const said = message ? `: “${message.slice(0, LONGEST_QUOTE)}”` : ''
  const then = PASSING.has(reason) ? 'may be asked again' : 'asking again does not help'
  return `${sparkTransferId.slice(0, LONGEST_QUOTE)} is not: ${reason.slice(0, LONGEST_QUOTE)}${said}, ${then}.`
}
