import { ORPCError, ValidationError } from '@orpc/server'
import { z } from 'zod'
import { Failure } from '../../shared/api/failure.ts'
import type { Logger } from './logger.ts'
import { problemsOf, sentenceOf } from './problems.ts'

/**
 * What a caller is told of anything that was thrown: a `Failure` as it is, a refused input as `usage` with its places,
 * everything else as `internal`, whose cause is logged here and nowhere told.
 */
export function failureFor(reason: unknown, logger: Logger): Failure {
  if (reason instanceof Failure) return reason
  if (reason instanceof ORPCError && reason.cause instanceof ValidationError) {
    const issues = reason.cause.issues as z.core.$ZodIssue[]
    return new Failure('usage', `The call is wrong: ${sentenceOf(problemsOf(new z.ZodError(issues)))}`, {
      tip: 'Mend the places named.',
    })
  }
  if (reason instanceof Error && reason.name === 'AbortError') {
    return new Failure('cancelled', 'The call was given up.')
  }
  logger.error('A call failed for a reason that nobody foresaw.', {
    reason: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
  })
  return new Failure('internal', 'The console failed at this; its log says more.', {
    tip: 'Try again; if it fails again, report it with the log.',
  })
}
