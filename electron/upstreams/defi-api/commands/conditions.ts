import { wordOf } from '../../../../shared/intent/vocabulary.ts'
import type { Condition } from '../../command.ts'
import { met, ofIntent, unknown, unmet, utc } from '../../kit/verdict.ts'
import { CREATED_STATUS, defiVocabulary } from '../vocabulary.ts'
import { generationOf, type Known } from './endPoints.ts'

/** Whether the page shows what the generation takes here. */
export const bodyDocumented: Condition<Known> = {
  name: 'request documented',
  check: (known) =>
    generationOf(known) === 'affiliate'
      ? unknown(
          'The page of the generation “affiliate” is cut before the body of this request; that of “execution” is sent.',
        )
      : met(),
}

/** An intent takes one approval, while it waits for it. */
export const approvalAwaited = ofIntent('approval awaited', ({ intent: { status } }) => {
  if (status === CREATED_STATUS) return met()
  if (status === '') return unknown('The system has not said yet how this intent stands.')
  const word = wordOf(defiVocabulary, status)
  return word === null
    ? unknown(`The status is “${status}”, which nobody has described.`)
    : unmet(`The status is ${word.label}: ${word.meaning}`)
})

/** [G3] calls it the time for adding an approval. */
export const approvalDeadlineAhead = ofIntent('approval deadline ahead', ({ intent, nowMs }) => {
  const deadline = intent.deadlines.find(({ kind }) => kind === 'intentDeadline')
  if (deadline === undefined)
    return unknown(
      'The deadline for the approval is not known: the system tells it only when an intent is created.',
    )
  return nowMs < deadline.atMs
    ? met(`It passes ${utc(deadline.atMs)}.`)
    : unmet(`It passed ${utc(deadline.atMs)}; no approval is taken after it.`)
})
