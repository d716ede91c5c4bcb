import type { Consent, Precondition, Rehearsal } from '../../../shared/api/action.ts'
import { precondition } from './conditions.ts'

/** What a person gives, with the hash of what was shown to them. */
export interface GivenConsent extends Consent {
  hash: string
  /** As typed, where it was asked for. */
  amount?: string | undefined
}

/** How a person's consent stands to what was shown: one condition each, an acknowledgement for all that could not be checked. */
export function consentConditions(rehearsal: Rehearsal, consent: GivenConsent): Precondition[] {
  const { confirmation, preconditions, hash } = rehearsal
  const { acknowledge } = consent
  return [
    condition('reason given', consent.reason.trim() !== '', 'Say why, as "reason"; it is kept.'),
    condition(
      'confirmation typed',
      consent.confirm.trim() === confirmation.tail,
      `Type the last characters of ${rehearsal.subject}, which are ${confirmation.tail}, as "confirm".`,
    ),
    ...amountTyped(confirmation.amount, consent.amount),
    condition(
      'same as shown',
      consent.hash === hash,
      'What was confirmed is not what this draft holds; look at it again.',
    ),
    ...preconditions
      .filter(({ state }) => state === 'unknown')
      .map(({ name, why }) =>
        condition(
          `acknowledged: ${name}`,
          acknowledge === 'unknown' || acknowledge.includes(name),
          `It could not be checked and has to be acknowledged. ${why}`.trim(),
        ),
      ),
  ]
}

/** Names of the unknown conditions that a consent accepts. */
export function acknowledgedBy({ preconditions }: Rehearsal): string[] {
  return preconditions.filter(({ state }) => state === 'unknown').map(({ name }) => name)
}

/** The screens ask for the amount; the command line need not. */
function amountTyped(amount: string | null, typed: string | undefined): Precondition[] {
  if (amount === null || typed === undefined) return []
  const isSame = typed.replaceAll(/[\s\u202f]/g, '') === amount
  return [condition('amount typed', isSame, `Type the amount, which is ${amount}.`)]
}

function condition(name: string, isMet: boolean, why: string): Precondition {
  return precondition(name, isMet ? 'met' : 'unmet', isMet ? {} : { why })
}
