import type { Rehearsal } from '../../../shared/api/action.ts'
import { isReason } from '../../../shared/api/reason.ts'

/** What a person has given so far. */
export interface ConsentGiven {
  /** Names of conditions that could not be checked. */
  acknowledged: readonly string[]
  reason: string
  /** As typed. */
  tail: string
  amount: string
  /** The text of an approval file; null before one was opened. */
  approval: string | null
}

/** What is still missing before it can be sent, in words; empty when nothing is. */
export function missingOf(
  { preconditions, confirmation, needsApproval }: Rehearsal,
  given: ConsentGiven,
): string[] {
  const isAllAcknowledged = preconditions.every(
    ({ name, state }) => state !== 'unknown' || given.acknowledged.includes(name),
  )
  const isAmountTyped =
    confirmation.amount === null || withoutBlanks(given.amount) === withoutBlanks(confirmation.amount)
  const parts: [isMissing: boolean, words: string][] = [
    [!isAllAcknowledged, 'what could not be checked'],
    [needsApproval && given.approval === null, 'the approval of a second person'],
    [!isReason(given.reason), 'the reason'],
    [given.tail.trim() !== confirmation.tail, 'the end of the id'],
    [!isAmountTyped, 'the amount'],
  ]
  return parts.flatMap(([isMissing, words]) => (isMissing ? words : []))
}

/** Digits may be typed in groups, as amounts are shown. */
function withoutBlanks(amount: string): string {
  return amount.replace(/\s/g, '')
}
