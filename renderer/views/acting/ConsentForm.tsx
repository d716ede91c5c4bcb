import { useState, type ReactNode } from 'react'
import type { Rehearsal } from '../../../shared/api/action.ts'
import type { FailureShape } from '../../../shared/api/failure.ts'
import { inBackground } from '../../host/inBackground.ts'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { TypedBox } from '../../parts/TypedBox.tsx'
import type { Acting } from '../../replica/acting.ts'
import { useApproval } from '../../replica/approval.ts'
import { Approval } from './Approval.tsx'
import { missingOf, type ConsentGiven } from './consent.ts'
import { SamePerson } from './SamePerson.tsx'
import { SendLine } from './SendLine.tsx'

const NOTHING_YET: Omit<ConsentGiven, 'approval'> = { acknowledged: [], reason: '', tail: '', amount: '' }

/**
 * A person's consent to what is shown: what is unknown acknowledged one by one, a second person where one is asked for, the
 * reason, the confirmation typed. What is typed and pressed stays in sight below all that is read. Enter sends nothing.
 */
export function ConsentForm(props: {
  rehearsal: Rehearsal
  isSending: boolean
  /** Why the last try to send it failed; null when it did not. */
  failure: FailureShape | null
  onGive: Acting['give']
  onChange: () => void
  /** What is consented to. */
  children: ReactNode
}) {
  const { rehearsal, isSending, failure, onGive, onChange, children } = props
  const [typed, setTyped] = useState(NOTHING_YET)
  const approval = useApproval(rehearsal.draft)
  const approver = approval.state.is === 'good' ? approval.state.approver : null
  const given: ConsentGiven = { ...typed, approval: approver === null ? null : approval.text.trim() }
  const add = (more: Partial<typeof NOTHING_YET>) => {
    setTyped((before) => ({ ...before, ...more }))
  }

  function send() {
    const { reason, tail, amount, acknowledged } = given
    const consent = { reason: reason.trim(), confirm: tail.trim(), acknowledge: acknowledged }
    const typedAmount = rehearsal.confirmation.amount === null ? null : amount.trim()
    inBackground('sending', onGive({ ...consent, approval: given.approval, amount: typedAmount }))
  }

  return (
    <>
      <div className="dialog-scroll">
        {children}
        <Unknowns rehearsal={rehearsal} given={given} onGiven={add} />
        {rehearsal.needsApproval && <Approval rehearsal={rehearsal} approval={approval} />}
      </div>
      <div className="dialog-foot">
        {approver?.isSamePerson === true && <SamePerson name={approver.name} />}
        <Typed rehearsal={rehearsal} given={given} onGiven={add} />
        {failure !== null && <FailureNote failure={failure} />}
        <SendLine
          expiresAtMs={rehearsal.expiresAtMs}
          missing={missingOf(rehearsal, given)}
          isSending={isSending}
          onSend={send}
          onChange={onChange}
        />
      </div>
    </>
  )
}

interface PartProps {
  rehearsal: Rehearsal
  given: ConsentGiven
  onGiven: (more: Partial<typeof NOTHING_YET>) => void
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
