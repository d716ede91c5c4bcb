import type { FailureShape } from '../../shared/api/failure.ts'

/** A failed call in words: what happened and what to do. */
export function FailureNote({ failure }: { failure: FailureShape }) {
  return (
    <p className="failure-note" role="alert">
      <strong>{failure.message}</strong> {failure.tip}
    </p>
  )
}
