import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FailureShape } from '../../shared/api/failure.ts'
import type { WatchedId, WatchOutcome } from '../../shared/api/watching.ts'
import { calls } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'

/** What is heard of a followed id comes with its first reading, seconds later: often enough to be seen coming. */
const RENEWED_EVERY_MS = 1_000

/** Ids followed by hand on a connection with what is known of them, renewed; `value` is null until the engine has answered. */
export function useWatchedIds(connection: string): {
  value: WatchedId[] | null
  failure: FailureShape | null
} {
  const { data, error } = useQuery(
    calls.intents.watchList.queryOptions({ input: { connection }, refetchInterval: RENEWED_EVERY_MS }),
  )
  return { value: data ?? null, failure: error === null ? null : failureOf(error) }
}

/** Follows ids and stops following one; the list of `useWatchedIds` is asked again at once. */
export function useChangeWatchedIds(connection: string): {
  follow: (ids: string[]) => void
  remove: (id: string) => void
  /** What became of the ids given last; null before. */
  outcomes: WatchOutcome[] | null
  isUnderWay: boolean
  failure: FailureShape | null
} {
  const queries = useQueryClient()
  const onSettled = () =>
    queries.invalidateQueries({ queryKey: calls.intents.watchList.queryKey({ input: { connection } }) })
  const many = useMutation(calls.intents.watchMany.mutationOptions({ onSettled }))
  const one = useMutation(calls.intents.watch.mutationOptions({ onSettled }))
  const error = many.error ?? one.error
  return {
    follow: (ids) => {
      one.reset()
      many.mutate({ connection, ids })
    },
    remove: (id) => {
      many.reset()
      one.mutate({ connection, id, isWatched: false })
    },
    outcomes: many.data?.outcomes ?? null,
    isUnderWay: many.isPending || one.isPending,
    failure: error === null ? null : failureOf(error),
  }
}
