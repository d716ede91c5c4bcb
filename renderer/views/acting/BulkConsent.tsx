import { useState } from 'react'
import type { Bulk } from '../../../shared/api/bulk.ts'
import { isReason } from '../../../shared/api/reason.ts'
import { inBackground } from '../../host/inBackground.ts'
import { Button } from '../../parts/Button.tsx'
import { TypedBox } from '../../parts/TypedBox.tsx'
import type { BulkRun } from '../../replica/bulk.ts'

/** A person's consent to a command over many: why, and how many typed; the console's own need but the press. */
export function BulkConsent({ bulk, run }: { bulk: Bulk; run: BulkRun }) {
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const [isAcknowledged, setAcknowledged] = useState(false)
  const changes = bulk.effect === 'changes'
  const isReasonNeeded = changes || bulk.command === 'silenceAlarm'
  const count = bulk.items.filter(({ state }) => state === 'waiting').length
  const isReady =
    count > 0 &&
    (!isReasonNeeded || isReason(reason)) &&
    (!changes || typed.trim() === bulk.confirmation) &&
    !run.isUnderWay

  function begin() {
    const confirm = changes ? typed.trim() : bulk.confirmation
    const acknowledge = isAcknowledged ? 'unknown' : []
    inBackground('doing it for many', run.give({ reason: reason.trim(), confirm, acknowledge }))
  }

  return (
    <div className="acting-consent">
      {isReasonNeeded && <TypedBox words="Reason, kept in the log" text={reason} onText={setReason} />}
      {changes && (
        <>
          <label className="acting-check">
            <input
              type="checkbox"
              checked={isAcknowledged}
              onChange={({ target }) => {
                setAcknowledged(target.checked)
              }}
            />
            Send it also where a condition could not be checked
          </label>
          <TypedBox words="How many" expected={bulk.confirmation} text={typed} onText={setTyped} />
        </>
      )}
      <p className="acting-line">
        <Button
          look="main"
          disabled={!isReady}
          // Enter held from the field before must not begin: a click or the space bar does.
          onKeyDown={(event) => {
            if (changes && event.key === 'Enter') event.preventDefault()
          }}
          onClick={begin}
        >
          {changes
            ? `Send ${count.toLocaleString('en')} one after the other`
            : `Do it for ${count.toLocaleString('en')}`}
        </Button>
        {count === 0 && <span className="muted">There is none that it can be done for.</span>}
      </p>
    </div>
  )
}
