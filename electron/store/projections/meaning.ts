import type { Fact, IntentFact } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Register } from '../register.ts'
import { operatorFacts } from './operatorFacts.ts'

/**
 * What a raw event means, held to what the store can keep: one event that an adapter stumbles over must not keep the
 * whole batch from the disk, so it is quarantined instead. What the console itself says of a connection has no facts here.
 */
export function meaningOf(register: Register, event: RawEvent): Fact[] {
  if (event.system === 'console') return event.origin === 'operator' ? operatorFacts(event) : []
  try {
    const facts = register.normalise(event)
    return facts.every(isKeepable) ? facts : quarantined('The adapter gave a number that is not whole.')
  } catch (error) {
    return quarantined(`The adapter failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function quarantined(reason: string): Fact[] {
  return [{ about: 'quarantine', path: '$', reason }]
}

function isKeepable(fact: Fact): boolean {
  switch (fact.about) {
    case 'intent':
      return fact.aliases.length > 0 && isKeepableIntentFact(fact)
    case 'sample':
      return isWholeOrNone(fact.atMs) && Object.values(fact.values).every(Number.isFinite)
    case 'link':
      return isWholeOrNone(fact.atMs)
    case 'quarantine':
    case 'drift':
      return true
  }
}

function isKeepableIntentFact({ atMs, emittedAtMs, learned }: IntentFact): boolean {
  const { createdAtMs, deadlines, fundsLocked, fundsReleased, source, destination } = learned
  return (
    isWholeOrNone(atMs) &&
    isWholeOrNone(emittedAtMs) &&
    isWholeOrNone(createdAtMs) &&
    isWholeOrNone(fundsLocked?.atMs) &&
    isWholeOrNone(fundsReleased?.atMs) &&
    isWholeOrNone(source?.chainId) &&
    isWholeOrNone(destination?.chainId) &&
    (deadlines ?? []).every((deadline) => isWholeOrNone(deadline.atMs))
  )
}

function isWholeOrNone(value: number | null | undefined): boolean {
  return value === null || value === undefined || Number.isSafeInteger(value)
}
