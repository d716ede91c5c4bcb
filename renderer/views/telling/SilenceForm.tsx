import { useId, useState } from 'react'
import { isReason } from '../../../shared/api/reason.ts'
import { Button } from '../../parts/Button.tsx'
import { useClock } from '../../parts/clock.ts'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useSilence } from '../../replica/telling.ts'
import { SILENCES, untilMsOf, type SilenceLength } from './silences.ts'
import './telling.css'

/** Keeps an intent out of Attention for a time, with a reason. */
export function SilenceForm({ intent, onClose }: { intent: string; onClose: () => void }) {
  const { give, isUnderWay, failure } = useSilence(onClose)
  const [length, setLength] = useState<SilenceLength>('change')
  const [reason, setReason] = useState('')
  const clock = useClock()
  const id = useId()
  return (
    <form
      className="remark-form"
      onSubmit={(event) => {
        event.preventDefault()
        give({ intent, untilMs: untilMsOf(length, clock.read()), reason: reason.trim() })
      }}
    >
      <label htmlFor={id}>Reason</label>
      <input
        id={id}
        autoFocus
        value={reason}
        autoComplete="off"
        onChange={(event) => {
          setReason(event.target.value)
        }}
      />
      <SilenceLengths length={length} onLength={setLength} />
      <Button type="submit" disabled={!isReason(reason) || isUnderWay}>
        Silence
      </Button>
      <Button look="quiet" onClick={onClose}>
        Cancel
      </Button>
      {failure !== null && <FailureNote failure={failure} />}
    </form>
  )
}

/** How long a silence lasts, to be chosen. */
export function SilenceLengths({
  length,
  onLength,
}: {
  length: SilenceLength
  onLength: (length: SilenceLength) => void
}) {
  return (
    <select
      aria-label="Silence until"
      value={length}
      onChange={({ target }) => {
        onLength(SILENCES.find(({ value }) => value === target.value)?.value ?? 'change')
      }}
    >
      {SILENCES.map(({ value, words }) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </select>
  )
}
