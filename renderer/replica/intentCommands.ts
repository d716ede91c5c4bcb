import { useMutation } from '@tanstack/react-query'
import type { FailureShape } from '../../shared/api/failure.ts'
import { calls } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'

/** A command as a button needs it. */
export interface Command<Input> {
  give: (input: Input) => void
  isUnderWay: boolean
  /** Whether the engine took it; false again while the next one is under way. */
  isDone: boolean
  failure: FailureShape | null
}

/** Reads an intent again from its system; what comes back arrives on its timeline. */
export function useReread(): Command<{ id: string }> {
  return commandOf(useMutation(calls.intents.reread.mutationOptions()))
}

/** Follows an id on its connection across restarts, or stops following it. */
export function useWatch(): Command<{ connection: string; id: string; isWatched: boolean }> {
  return commandOf(useMutation(calls.intents.watch.mutationOptions()))
}

function commandOf<Input>(mutation: {
  mutate: (input: Input) => void
  isPending: boolean
  isSuccess: boolean
  error: unknown
}): Command<Input> {
  return {
    give: (input) => {
      mutation.mutate(input)
    },
    isUnderWay: mutation.isPending,
    isDone: mutation.isSuccess,
    failure: mutation.error === null ? null : failureOf(mutation.error),
  }
}
