import { useId, useState } from 'react'
import type { Rehearsal } from '../../../shared/api/action.ts'
import { inBackground } from '../../host/inBackground.ts'
import { Button } from '../../parts/Button.tsx'
import { Countdown } from '../../parts/Ago.tsx'
import { useTick } from '../../parts/clock.ts'
import type { Acting } from '../../replica/acting.ts'
import { Approval } from './Approval.tsx'
import { missingOf, type ConsentGiven } from './consent.ts'
import { TypedBox } from '../../parts/TypedBox.tsx'

const NOTHING_YET: ConsentGiven = { acknowledged: [], reason: '', tail: '', amount: '', approval: null }

/** A person's consent: what is unknown acknowledged one by one, the reason, the confirmation typed. Enter sends nothing. */
export function ConsentForm({
  rehearsal,
  isSending,
  onGive,
}: {
  rehearsal: Rehearsal
  isSending: boolean
  onGive: Acting['give']
}) {
  const [given, setGiven] = useState(NOTHING_YET)
  const missing = missingOf(rehearsal, given)
  const add = (more: Partial<ConsentGiven>) => {
    setGiven((before) => ({ ...before, ...more }))
  }

  function send() {
    const { reason, tail, amount, acknowledged, approval } = given
    const consent = { reason: reason.trim(), confirm: tail.trim(), acknowledge: acknowledged, approval }
    const typedAmount = rehearsal.confirmation.amount === null ? null : amount.trim()
    inBackground('sending', onGive({ ...consent, amount: typedAmount }))
  }

  return (
    <div className="acting-consent">
      <Unknowns rehearsal={rehearsal} given={given} onGiven={add} />
      {rehearsal.needsApproval && (
        <Approval
          rehearsal={rehearsal}
          text={given.approval}
          onText={(approval) => {
            add({ approval })
          }}
        />
      )}
      <Typed rehearsal={rehearsal} given={given} onGiven={add} />
      <SendLine rehearsal={rehearsal} missing={missing} isSending={isSending} onSend={send} />
    </div>
  )
}

interface PartProps {
  rehearsal: Rehearsal
  given: ConsentGiven
  onGiven: (more: Partial<ConsentGiven>) => void
}

function Typed({ rehearsal: { confirmation }, given, onGiven }: PartProps) {
  return (
    <>
      <TypedBox
        words="Reason, kept in the log"
        text={given.reason}
        onText={(reason) => {
          onGiven({ reason })
        }}
      />
      <div className="acting-typed">
        <TypedBox
          words="Last six characters of the id"
          expected={confirmation.tail}
          text={given.tail}
          onText={(tail) => {
            onGiven({ tail })
          }}
        />
        {confirmation.amount !== null && (
          <TypedBox
            words="Amount"
            expected={confirmation.amount}
            text={given.amount}
            onText={(amount) => {
              onGiven({ amount })
            }}
          />
        )}
      </div>
    </>
  )
}

function Unknowns({ rehearsal, given, onGiven }: PartProps) {
  const unknown = rehearsal.preconditions.filter(({ state }) => state === 'unknown')
  if (unknown.length === 0) return null
  return (
    <fieldset className="acting-unknowns">
      <legend>The console could not check this. Have you?</legend>
      {unknown.map(({ name, why }) => (
        <label key={name} className="acting-check">
          <input
            type="checkbox"
            checked={given.acknowledged.includes(name)}
            onChange={({ target }) => {
              const others = given.acknowledged.filter((other) => other !== name)
              onGiven({ acknowledged: target.checked ? [...others, name] : others })
            }}
          />
          <span>
            I looked at “{name}”. <span className="muted">{why}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function SendLine(props: {
  rehearsal: Rehearsal
  missing: readonly string[]
  isSending: boolean
  onSend: () => void
}) {
  const { rehearsal, missing, isSending, onSend } = props
  const nowMs = useTick()
  const whyId = useId()
  const isExpired = rehearsal.expiresAtMs <= nowMs
  const isReady = missing.length === 0 && !isExpired && !isSending
  return (
    <div className="acting-send">
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
      <p id={whyId} className="muted" role="status">
        {isSending && 'Sending once, and waiting for the answer…'}
        {!isSending && isExpired && 'This rehearsal is too old. Change it, or rehearse again.'}
        {!isSending && !isExpired && missing.length > 0 && `Still missing: ${missing.join(', ')}.`}
        {isReady && 'A click or the space bar sends it, once. Enter does not.'}
      </p>
      {!isExpired && !isSending && (
        <span className="muted">
          The rehearsal ends <Countdown atMs={rehearsal.expiresAtMs} />.
        </span>
      )}
    </div>
  )
}
