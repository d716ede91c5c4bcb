import type { IntentFact, Learned } from '../../../shared/intent/fact.ts'
import { intentFact } from '../kit/intentFact.ts'

/** An intent fact about one order with nothing learned yet. */
export function orderFact(
  given: Pick<IntentFact, 'kind' | 'key'> & Partial<IntentFact> & { orderHash: string },
): IntentFact {
  const { orderHash, ...rest } = given
  return intentFact({ aliases: [{ kind: 'orderHash', value: orderHash }], ...rest })
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
