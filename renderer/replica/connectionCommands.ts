import { useMutation } from '@tanstack/react-query'
import type { FailureShape } from '../../shared/api/failure.ts'
import { calls } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'

/** Gives up waiting for the next attempt and makes it at once; what becomes of it shows in the presence. */
export function useReconnect(connection: string): {
  reconnect: () => void
  isUnderWay: boolean
  failure: FailureShape | null
} {
  const mutation = useMutation(calls.connections.reconnect.mutationOptions())
  return {
    reconnect: () => {
      mutation.mutate({ connection })
    },
    isUnderWay: mutation.isPending,
    failure: mutation.error === null ? null : failureOf(mutation.error),
  }
}
