/**
 * The closed list of what can go wrong in a call, with the exit code of the command line.
 * `usage` the input is wrong · `not-found` no such thing · `held` another process holds the data folder ·
 * `closed` not possible now, `why` in the sentence · `disk` the store cannot write · `verification` a digest does not match ·
 * `upstream` the other end failed · `cancelled` given up on request · `internal` a defect of the console.
 */
export const FAILURE_CODES = [
  'usage',
  'not-found',
  'held',
  'closed',
  'disk',
  'verification',
  'upstream',
  'cancelled',
  'internal',
] as const

/** One of the closed list. */
export type FailureCode = (typeof FAILURE_CODES)[number]

/** What a failed call tells a person. */
export interface FailureShape {
  code: FailureCode
  /** What happened, one sentence. */
  message: string
  /** What to do about it, one sentence; may be empty. */
  tip: string
  /** Values that the sentence is about. */
  facts: Record<string, string | number | null>
  isRetryable: boolean
}

/** A call that did not work, in words. Everything unknown becomes one at the border where it enters. */
export class Failure extends Error implements FailureShape {
  readonly code: FailureCode
  readonly tip: string
  readonly facts: Record<string, string | number | null>
  readonly isRetryable: boolean

  constructor(
    code: FailureCode,
    message: string,
    more: { tip?: string; facts?: Record<string, string | number | null>; isRetryable?: boolean } = {},
  ) {
    super(message)
    this.name = 'Failure'
    this.code = code
    this.tip = more.tip ?? ''
    this.facts = more.facts ?? {}
    this.isRetryable = more.isRetryable ?? false
  }

  /** The plain shape, for JSON and the wire. */
  toJSON(): FailureShape {
    const { code, message, tip, facts, isRetryable } = this
    return { code, message, tip, facts, isRetryable }
  }
}
