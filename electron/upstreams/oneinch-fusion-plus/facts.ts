import type { DriftFact, Fact, IntentFact, Learned } from '../../../shared/intent/fact.ts'
import { numberText } from '../kit/exactJson.ts'

/** An intent fact about one order with nothing learned yet. */
export function orderFact(
  given: Pick<IntentFact, 'kind' | 'key'> & Partial<IntentFact> & { orderHash: string },
): IntentFact {
  const { orderHash, ...rest } = given
  return {
    about: 'intent',
    aliases: [{ kind: 'orderHash', value: orderHash }],
    mentions: [],
    atMs: null,
    emittedAtMs: null,
    claim: null,
    learned: {},
    flags: [],
    ...rest,
  }
}

/** The same problems, one level further down. */
export function under(path: string, facts: readonly Fact[]): Fact[] {
  return facts.map((fact) =>
    fact.about === 'quarantine' ? { ...fact, path: fact.path.replace('$', `$.${path}`) } : fact,
  )
}

/** A word that nobody has described. */
export function unknownWord(where: string, what: string): DriftFact {
  return { about: 'drift', kind: 'unknown-word', where, what: what.slice(0, 200) }
}

/** Fields that hold an amount as a JSON number, which another reader may have rounded. */
export function lossyNumbers(where: string, fields: Record<string, unknown>): DriftFact[] {
  return Object.entries(fields).flatMap(([field, value]): DriftFact[] => {
    const found = numberText(value)
    return found === null
      ? []
      : [{ about: 'drift', kind: 'lossy-number', where: `${where}.${field}`, what: found }]
  })
}

/** What two say together; of what both say, the second holds. */
export function bothLearned(one: Learned, other: Learned): Learned {
  const merged: Learned = { ...one, ...other }
  if (one.source && other.source) merged.source = { ...one.source, ...other.source }
  if (one.destination && other.destination) merged.destination = { ...one.destination, ...other.destination }
  if (one.parts && other.parts) merged.parts = { ...one.parts, ...other.parts }
  if (one.details && other.details) merged.details = { ...one.details, ...other.details }
  if (one.deadlines && other.deadlines) merged.deadlines = [...one.deadlines, ...other.deadlines]
  return merged
}
