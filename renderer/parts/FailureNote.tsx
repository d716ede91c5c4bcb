import type { FailureShape } from '../../shared/api/failure.ts'
import { Told } from './Told.tsx'

/** A failed call in words: what happened and what to do. */
export function FailureNote({ failure }: { failure: FailureShape }) {
  return (
    <p className="failure-note" role="alert">
      <strong>
        <Told text={failure.message} />
      </strong>{' '}
      <Told text={failure.tip} />
    </p>
  )
}
