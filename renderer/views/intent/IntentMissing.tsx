import type { FailureShape } from '../../../shared/api/failure.ts'
import { Button } from '../../parts/Button.tsx'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Empty } from '../../parts/Empty.tsx'

/** What stands in place of an intent that could not be read: why, and what to do. */
export function IntentMissing(props: { id: string; failure: FailureShape; onClose: () => void }) {
  const { id, failure, onClose } = props
  const isNotFound = failure.code === 'not-found'
  return (
    <Empty title={isNotFound ? 'No intent is known by this name' : failure.message}>
      <p className="intent-asked">
        <code>{id}</code> <CopyButton text={id} what="Copy the name asked for" />
      </p>
      <p>{failure.tip}</p>
      {isNotFound && (
        <p>
          The console knows what it has heard since it first ran with this data folder. If the intent is older
          or of another environment, check the profile, or follow the id from its connection on the
          Connections screen.
        </p>
      )}
      <Button onClick={onClose}>Close</Button>
    </Empty>
  )
}
