import { useId, useState } from 'react'
import type { ConsoleStatus } from '../../shared/api/answers.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { FailureNote } from '../parts/FailureNote.tsx'
import { TypedBox } from '../parts/TypedBox.tsx'
import { useUnlock } from '../replica/lock.ts'

/** Minutes that can be chosen: one refund, a handful of them, a shift's hardest hour. */
const MINUTES = [5, 15, 60] as const

/** Unlocks a profile for some minutes: how many, why, and its name typed. */
export function UnlockDialog({
  profile,
  onClose,
}: {
  profile: ConsoleStatus['profile']
  onClose: () => void
}) {
  const { give, isUnderWay, failure } = useUnlock(onClose)
  const [minutes, setMinutes] = useState<number>(MINUTES[0])
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const minutesId = useId()
  const isReady = reason.trim() !== '' && typed.trim() === profile.name && !isUnderWay
  return (
    <Dialog title={`Unlock ${profile.name}`} isOpen leaving="deliberately" onClose={onClose}>
      <div className="unlock">
        <p>
          While it is unlocked, commands that move money are accepted in every window of this console. It
          locks by itself, at a restart and when the profile changes. Who unlocked it and why stands in
          Actions.
        </p>
        <p className="unlock-line">
          <label htmlFor={minutesId}>For</label>
          <select
            id={minutesId}
            value={minutes}
            onChange={({ target }) => {
              setMinutes(Number(target.value))
            }}
          >
            {MINUTES.map((count) => (
              <option key={count} value={count}>
                {count} minutes
              </option>
            ))}
          </select>
        </p>
        <TypedBox words="Reason, kept in the log" text={reason} onText={setReason} />
        <TypedBox words="Name of the profile" expected={profile.name} text={typed} onText={setTyped} />
        {failure !== null && <FailureNote failure={failure} />}
        <p className="unlock-line">
          <Button
            disabled={!isReady}
            onClick={() => {
              give({ minutes, reason: reason.trim(), confirm: typed.trim() })
            }}
          >
            Unlock
          </Button>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
        </p>
      </div>
    </Dialog>
  )
}
