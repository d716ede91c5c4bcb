import type { ActAnswer, BasisChange, Precondition, Rehearsal } from '../../../shared/api/action.ts'
import type { Failure } from '../../../shared/api/failure.ts'
import { changesBetween } from './canonical.ts'
import { precondition, standingOf } from './conditions.ts'
import { shownRequest } from './literal.ts'
import type { Worked } from './worked.ts'

/** An answer, and whether the draft is spent with it: one that was closed can be given again. */
export interface Given {
  answer: ActAnswer
  isSpent: boolean
}

/** Why nothing was sent; conditions that say so stand behind those of the command. */
export interface Refusal {
  why?: string
  opensAtMs?: number | null
  conditions?: Precondition[]
}

/** The condition that a missing or wrong approval leaves unmet. */
export function unapproved({ message, tip }: Failure): Precondition {
  return precondition('approved by a second person', 'unmet', { why: `${message} ${tip}`.trim() })
}

/** Nothing was sent, and the draft can be given again. */
export function closed(rehearsal: Rehearsal, { why, opensAtMs = null, conditions = [] }: Refusal): Given {
  const answer = answerTo(rehearsal, 'closed', why ?? standingOf(conditions).why)
  const preconditions = [...answer.preconditions, ...conditions]
  return { answer: { ...answer, opensAtMs, preconditions }, isSpent: false }
}

/** What would be sent otherwise than it was shown. */
function requestChanges({ request: was }: Rehearsal, { request }: Worked): BasisChange[] {
  const is = shownRequest(request)
  return changesBetween(
    { url: was.url, ...(was.bodyText === null ? {} : { body: was.bodyText }) },
    { url: is.url, ...(is.bodyText === null ? {} : { body: is.bodyText }) },
  )
}

/** An answer to a draft; its action has the draft's id. */
export function answerTo(rehearsal: Rehearsal, outcome: ActAnswer['outcome'], why: string): ActAnswer {
  const { draft: actionId, command, preconditions, request } = rehearsal
  return {
    ...{ actionId, command, outcome, why, preconditions, request },
    ...{ advice: null, opensAtMs: null, response: null },
  }
}

/** What was confirmed is no longer so: nothing was sent, and each difference is told. */
export function declined(rehearsal: Rehearsal, worked: Worked): ActAnswer {
  const why = 'It is no longer what was confirmed, so nothing was sent. Look at it again.'
  const changes = [...changesBetween(rehearsal.basis, worked.basis), ...requestChanges(rehearsal, worked)]
  return { ...answerTo(rehearsal, 'refused', why), changes }
}
