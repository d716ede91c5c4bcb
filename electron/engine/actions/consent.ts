import type { Consent, Precondition, Rehearsal } from '../../../shared/api/action.ts'
import { isReason } from '../../../shared/api/reason.ts'
import { precondition } from './conditions.ts'
import { isRepeat } from './earlier.ts'

/** What a person gives, with the hash of what was shown to them. */
export interface GivenConsent extends Consent {
  hash: string
  /** As typed, where it was asked for. */
  amount?: string | undefined
  /** Whether it is still wanted, asked right before it is recorded; absent where nobody can call it off. */
  isWanted?: () => boolean
}

/** How a person's consent stands to what was shown: one condition each, an acknowledgement for all that is unknown. */
export function consentConditions(rehearsal: Rehearsal, consent: GivenConsent): Precondition[] {
  const { confirmation, preconditions, hash } = rehearsal
  return [
    condition('reason given', isReason(consent.reason), 'Say why, as "reason"; it is kept.'),
    condition(
      'confirmation typed',
      consent.confirm.trim() === confirmation.tail,
      `Type the last characters of ${rehearsal.intent?.mainId ?? rehearsal.subject}, which are ${confirmation.tail}, as "confirm".`,
    ),
    ...amountTyped(confirmation.amount, consent.amount),
    condition(
      'same as shown',
      consent.hash === hash,
      'What was confirmed is not what this draft holds; look at it again.',
    ),
    ...preconditions
      .filter(({ state }) => state === 'unknown')
      .map((unknown) => acknowledgement(unknown, consent.acknowledge)),
  ]
}

/** What could not be checked is acknowledged by its name or all at once; what is known to have been done, by its name alone. */
function acknowledgement(unknown: Precondition, acknowledge: Consent['acknowledge']): Precondition {
  const { name, why } = unknown
  const isNamed = acknowledge === 'unknown' ? !isRepeat(unknown) : acknowledge.includes(name)
  const asked = isRepeat(unknown)
    ? `${why} As input: "acknowledge": ["${name}"]; "unknown" does not stand for it.`
    : `It could not be checked and has to be acknowledged. ${why}`.trim()
  return condition(`acknowledged: ${name}`, isNamed, asked)
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
