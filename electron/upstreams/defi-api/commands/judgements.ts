import type { Answered, Judgement } from '../../command.ts'
import { advised } from '../../kit/advice.ts'
import { numberText } from '../../kit/exactJson.ts'
import { bodyOf, judgeByStatus } from '../../kit/judgement.ts'
import { adviceOf } from './advice.ts'
import { generationOf, type Known } from './endPoints.ts'

/** The one number of an error that the page explains [S]. */
const NOT_APPROVED_TO_PERMIT2 = '25'

/** What the HTTP status says, with what this API means by it; of an answer that was taken `taken`, one sentence. */
export function judgeAnswer(answer: Answered, known: Known, taken = ''): Judgement {
  const judged = advised(judgeByStatus(answer), answer, adviceOf(generationOf(known)))
  return judged.outcome === 'accepted' ? { ...judged, why: `${judged.why} ${taken}`.trim() } : judged
}

/** The same for an approval, whose error 25 says what the maker has to do first. */
export function judgeApproval(answer: Answered, known: Known, taken: string): Judgement {
  const judged = judgeAnswer(answer, known, taken)
  if (judged.outcome === 'accepted' || codeOf(answer) !== NOT_APPROVED_TO_PERMIT2) return judged
  return {
    ...judged,
    outcome: 'refused',
    why: 'The system refused it (error 25): the token is not yet approved to Permit2 on the chain.',
    advice:
      'The maker has to approve the token to Permit2 with a transaction first; then the approval can be added again.',
  }
}

function codeOf(answer: Answered): string | null {
  const code = bodyOf(answer)?.['code']
  return typeof code === 'string' ? code : numberText(code)
}
