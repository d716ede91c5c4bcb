import { useQuery } from '@tanstack/react-query'
import type { RawView } from '../../shared/api/answers.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import { calls } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'

/** One raw event beside its meaning; null until the engine has answered. A raw event never changes, so it is asked once. */
export function useRawEvent(seq: number): { value: RawView | null; failure: FailureShape | null } {
  const { data, error } = useQuery(calls.intents.raw.queryOptions({ input: { seq }, staleTime: Infinity }))
  return { value: data ?? null, failure: error === null ? null : failureOf(error) }
}
