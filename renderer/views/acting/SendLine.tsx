import { useId } from 'react'
import { Countdown } from '../../parts/Ago.tsx'
import { Button } from '../../parts/Button.tsx'
import { useTick } from '../../parts/clock.ts'

/** The button that sends, and beside it what is still missing or how long the rehearsal lasts. */
export function SendLine(props: {
  /** When the rehearsal ends, epoch milliseconds. */
  expiresAtMs: number
  /** What a person has not given yet, in words. */
  missing: readonly string[]
  isSending: boolean
  onSend: () => void
  onChange: () => void
}) {
  const { expiresAtMs, missing, isSending, onSend, onChange } = props
  const nowMs = useTick()
  const whyId = useId()
  const isExpired = expiresAtMs <= nowMs
  const isReady = missing.length === 0 && !isExpired && !isSending
  return (
    <div className="acting-line">
      <Button
        look="main"
        disabled={!isReady}
        aria-describedby={whyId}
        // Enter held from the field before must not send: a click or the space bar does.
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault()
        }}
        onClick={onSend}
      >
        Send now
      </Button>
      <Button disabled={isSending} onClick={onChange}>
        Change
      </Button>
      <p id={whyId} className="muted" role="status">
        {isSending && 'Sending once, and waiting for the answer…'}
        {!isSending &&
          isExpired &&
          'This rehearsal is too old. Press “Change” and rehearse again; what you filled in is kept.'}
        {!isSending && !isExpired && missing.length > 0 && `Still missing: ${missing.join(', ')}.`}
        {isReady && 'A click or the space bar sends it, once. Enter does not.'}
      </p>
      {!isExpired && !isSending && (
        <span className="muted">
          The rehearsal ends <Countdown atMs={expiresAtMs} />.
        </span>
      )}
    </div>
  )
}
