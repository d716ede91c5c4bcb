import { useState } from 'react'
import type { Rehearsal } from '../../../shared/api/action.ts'
import type { FailureShape } from '../../../shared/api/failure.ts'
import { failureOf } from '../../host/failureOf.ts'
import { inBackground } from '../../host/inBackground.ts'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { approvalRequestOf } from '../../replica/acting.ts'
import { approverOf } from './approverOf.ts'
import { saveText } from './saveText.ts'

/** The way over a second person: the request is saved for them, their signed approval is opened here. */
export function Approval({
  rehearsal,
  text,
  onText,
}: {
  rehearsal: Rehearsal
  /** The approval as opened; null before. */
  text: string | null
  onText: (text: string) => void
}) {
  const [failure, setFailure] = useState<FailureShape | null>(null)

  async function save() {
    try {
      setFailure(null)
      saveText(
        `approve-${rehearsal.command}-${rehearsal.confirmation.tail}.json`,
        await approvalRequestOf(rehearsal.draft),
      )
    } catch (error) {
      setFailure(failureOf(error))
    }
  }

  return (
    <section aria-label="Second person" className="acting-part">
      <h3>A second person has to approve it</h3>
      <p className="muted">
        Save the request, have them approve it with <code>intent-console approve</code> on their own computer,
        and open the file that they give back. Whoever approves with an identity of this computer only
        confirms a second time: that is no second person. It may take longer than this rehearsal lasts:
        rehearse again then, and the approval still holds if nothing has moved.
      </p>
      <p className="acting-line">
        <Button
          onClick={() => {
            inBackground('saving a request', save())
          }}
        >
          Save the request for the second person
        </Button>
        <label className="button file-button">
          Open the approval file
          <input
            type="file"
            className="visually-hidden"
            accept=".json,application/json"
            onChange={({ target }) => {
              const file = target.files?.[0]
              if (file !== undefined) inBackground('reading an approval', file.text().then(onText))
              target.value = ''
            }}
          />
        </label>
        <span role="status">{text !== null && approverOf(text)}</span>
      </p>
      {failure !== null && <FailureNote failure={failure} />}
    </section>
  )
}
