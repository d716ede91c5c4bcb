import { ORPCError } from '@orpc/client'
import { FAILURE_CODES, Failure, type FailureShape } from '../../shared/api/failure.ts'

/** What a failed call says to a person, whatever was thrown. */
export function failureOf(error: unknown): FailureShape {
  if (error instanceof Failure) return error.toJSON()
  if (error instanceof ORPCError && isFailureShape(error.data)) return error.data
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : 'The console failed without saying why.',
    tip: 'Try again; if it stays, restart the console and report it with its log.',
    facts: {},
    isRetryable: true,
  }
}

function isFailureShape(data: unknown): data is FailureShape {
  return (
    typeof data === 'object' &&
    data !== null &&
    'code' in data &&
    FAILURE_CODES.some((code) => code === data.code) &&
    'message' in data &&
    typeof data.message === 'string'
  )
}
