import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { settingsSchema, type Settings } from '../../shared/api/settings.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import { calls } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'

const AS_DELIVERED = settingsSchema.parse({})
const options = calls.settings.get.queryOptions({ input: {}, staleTime: Infinity })

/** What a person chose for the screens; as delivered until the engine has answered. */
export function useSettings(): Settings {
  return useQuery(options).data ?? AS_DELIVERED
}

/** Changes settings at once on the screen and then in the data folder; `failure` says why the last change was not kept. */
export function useChangeSettings(): {
  change: (changes: Partial<Settings>) => void
  failure: FailureShape | null
} {
  const queries = useQueryClient()
  const mutation = useMutation(
    calls.settings.set.mutationOptions({
      onMutate: ({ changes }) => {
        queries.setQueryData(options.queryKey, (before) => ({ ...AS_DELIVERED, ...before, ...changes }))
      },
      onSuccess: (settings) => {
        queries.setQueryData(options.queryKey, settings)
      },
      onError: () => queries.invalidateQueries({ queryKey: options.queryKey }),
    }),
  )
  return {
    change: (changes) => {
      mutation.mutate({ changes })
    },
    failure: mutation.error === null ? null : failureOf(mutation.error),
  }
}
