import { useState } from 'react'
import type { ActionRecord } from '../../../shared/api/action.ts'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { TypedBox } from '../../parts/TypedBox.tsx'
import { useResolve } from '../../replica/actions.ts'

const ANSWERS = [
  { wasCarriedOut: true, words: 'Yes, it was carried out' },
  { wasCarriedOut: false, words: 'No, it was not carried out' },
] as const

/** Settles an action whose outcome nobody told: a person says what became of it, and on what evidence. */
export function ResolveDialog({ action, onClose }: { action: ActionRecord; onClose: () => void }) {
  const { give, isUnderWay, failure } = useResolve(onClose)
  const [wasCarriedOut, setCarriedOut] = useState<boolean | null>(null)
  const [reason, setReason] = useState('')
  return (
    <Dialog title={`Settle: ${action.words}`} isOpen leaving="deliberately" onClose={onClose}>
      <div className="resolve">
        <p>
          {action.why} Look at the chain or ask whoever runs the system first: what you say here opens the way
          for another one of this kind. If a sign of it appears later, the console says so.
        </p>
        <fieldset>
          <legend>Was it carried out?</legend>
          {ANSWERS.map((answer) => (
            <label key={answer.words}>
              <input
                type="radio"
                name="was-carried-out"
                checked={wasCarriedOut === answer.wasCarriedOut}
                onChange={() => {
                  setCarriedOut(answer.wasCarriedOut)
                }}
              />{' '}
              {answer.words}
            </label>
          ))}
        </fieldset>
        <TypedBox words="How you know, kept in the log" text={reason} onText={setReason} />
        {failure !== null && <FailureNote failure={failure} />}
        <p className="resolve-buttons">
          <Button
            disabled={wasCarriedOut === null || reason.trim() === '' || isUnderWay}
            onClick={() => {
              if (wasCarriedOut !== null) give({ action: action.id, wasCarriedOut, reason: reason.trim() })
            }}
          >
            Settle
          </Button>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
        </p>
      </div>
    </Dialog>
  )
}
