import type { FailureShape } from '../../shared/api/failure.ts'
import { failureOf } from '../host/failureOf.ts'

/** A command as a button needs it. */
export interface Command<Input> {
  give: (input: Input) => void
  isUnderWay: boolean
  /** Whether the engine took it; false again while the next one is under way. */
  isDone: boolean
  failure: FailureShape | null
}

/** A mutation as a button needs it. */
export function commandOf<Input>(mutation: {
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
