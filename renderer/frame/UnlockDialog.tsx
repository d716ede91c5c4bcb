import { useId, useState, type RefObject } from 'react'
import type { ConsoleStatus } from '../../shared/api/answers.ts'
import { isReason } from '../../shared/api/reason.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { FailureNote } from '../parts/FailureNote.tsx'
import { TypedBox } from '../parts/TypedBox.tsx'
import { useUnlock } from '../replica/lock.ts'

/** Minutes that can be chosen: one refund, a handful of them, a shift's hardest hour. */
const MINUTES = [5, 15, 60] as const

/** Unlocks a profile for some minutes: how many, why, and its name typed. */
export function UnlockDialog(props: {
  profile: ConsoleStatus['profile']
  /** The lock as it is shown: what opened the window is gone once it is unlocked. */
  shownIn: RefObject<HTMLElement | null>
  onClose: () => void
}) {
  const { profile, shownIn, onClose } = props
  const { give, isUnderWay, failure } = useUnlock(onClose)
  const [minutes, setMinutes] = useState<number>(MINUTES[0])
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const isReady = isReason(reason) && typed.trim() === profile.name && !isUnderWay
  return (
    <Dialog
      title={`Unlock ${profile.name}`}
      isOpen
      leaving="deliberately"
      returnsTo={shownIn}
      onClose={onClose}
    >
      <div className="unlock">
        <p>
          While it is unlocked, commands that move money are accepted in every window of this console. It
          locks by itself, at a restart and when the profile changes. Who unlocked it and why stands in
          Actions.
        </p>
        <MinutesChoice minutes={minutes} onMinutes={setMinutes} />
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

function MinutesChoice({ minutes, onMinutes }: { minutes: number; onMinutes: (minutes: number) => void }) {
  const id = useId()
  return (
    <p className="unlock-line">
      <label htmlFor={id}>For</label>
      <select
        id={id}
        value={minutes}
        onChange={({ target }) => {
          onMinutes(Number(target.value))
        }}
      >
        {MINUTES.map((count) => (
          <option key={count} value={count}>
            {count} minutes
          </option>
        ))}
      </select>
    </p>
  )
}
