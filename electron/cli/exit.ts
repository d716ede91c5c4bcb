import { Failure } from '../../shared/api/failure.ts'
import type { FailureCode } from '../../shared/api/failure.ts'

/** Exit code of the command line for a failed call (interfaces.md section 1). */
export function exitCodeOf(code: FailureCode): number {
  switch (code) {
    case 'usage':
      return 2
    case 'not-found':
    case 'held':
      return 3
    case 'verification':
      return 4
    case 'closed':
    case 'disk':
    case 'upstream':
    case 'cancelled':
    case 'internal':
      return 1
  }
}

/** Whatever was thrown, as a failure: the border where the unknown becomes typed. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new Failure('internal', `Something went wrong in the console itself: ${message}`)
}

/** What happened and what to do, in one line. */
export function sentenceOf(failure: Failure): string {
  return failure.tip === '' ? failure.message : `${failure.message} ${failure.tip}`
}
