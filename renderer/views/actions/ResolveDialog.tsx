import { useState, type RefObject } from 'react'
import type { ActionRecord } from '../../../shared/api/action.ts'
import { isReason } from '../../../shared/api/reason.ts'
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
export function ResolveDialog(props: {
  action: ActionRecord
  /** The action as it is shown: what opened the window is gone once it is settled. */
  shownIn: RefObject<HTMLElement | null>
  onClose: () => void
}) {
  const { action, shownIn, onClose } = props
  const { give, isUnderWay, failure } = useResolve(onClose)
  const [wasCarriedOut, setCarriedOut] = useState<boolean | null>(null)
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={`Settle: ${action.words}`}
      isOpen
      leaving="deliberately"
      returnsTo={shownIn}
      onClose={onClose}
    >
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
            disabled={wasCarriedOut === null || !isReason(reason) || isUnderWay}
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
