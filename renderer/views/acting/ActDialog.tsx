import { useEffect, useRef } from 'react'
import type { OfferedCommand, Rehearsal } from '../../../shared/api/action.ts'
import { Button } from '../../parts/Button.tsx'
import { Dialog, type Leaving } from '../../parts/Dialog.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useActing, type ActingState } from '../../replica/acting.ts'
import type { ActSubject } from '../../replica/actions.ts'
import { Answered } from './Answered.tsx'
import { CommandForm } from './CommandForm.tsx'
import { Conditions } from './Conditions.tsx'
import { ConsentForm } from './ConsentForm.tsx'
import { Rehearsed } from './Rehearsed.tsx'
import './acting.css'

/** One command from its conditions to its outcome, in one window: fill in, see the request, consent, see what became of it. */
export function ActDialog({
  command,
  subject,
  onClose,
}: {
  command: OfferedCommand
  subject: ActSubject
  onClose: () => void
}) {
  const acting = useActing(command.name, subject)
  const { state } = acting
  const isFilling = state.is === 'filling' || state.is === 'preparing'
  return (
    <Dialog title={command.words} isOpen leaving={leavingOf(state)} onClose={onClose}>
      <div className="acting">
        {isFilling && <About command={command} />}
        {/* Stays while it is not seen, so that going back finds what was filled in. */}
        <div hidden={!isFilling}>
          <CommandForm
            command={command}
            isUnderWay={state.is === 'preparing'}
            onInput={command.effect === 'reads' ? acting.ask : acting.rehearse}
          />
        </div>
        {state.is === 'filling' && state.failure !== null && (
          <div ref={bringIntoSight}>
            <FailureNote failure={state.failure} />
          </div>
        )}
        <Later key={state.is === 'sending' ? 'rehearsed' : state.is} {...{ acting, onClose }} />
      </div>
    </Dialog>
  )
}

/** What stands below a long form is not seen when it appears. */
function bringIntoSight(box: HTMLElement | null) {
  box?.scrollIntoView({ block: 'nearest' })
}

function About({ command }: { command: OfferedCommand }) {
  const { expected, repeats, warning, preconditions } = command
  return (
    <>
      <p>{expected}</p>
      {warning !== '' && (
        <p className="acting-warning" data-tone="waiting">
          <span aria-hidden="true">◇ </span>
          {warning}
        </p>
      )}
      <Conditions preconditions={preconditions} />
      {repeats !== '' && <p className="muted">{repeats}</p>}
    </>
  )
}

/** What comes after filling in; it takes the focus when it appears, so that Tab goes on from there. */
function Later({ acting, onClose }: { acting: ReturnType<typeof useActing>; onClose: () => void }) {
  const { state, give, change } = acting
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.focus({ preventScroll: true })
    box.current?.closest('[role="dialog"]')?.scrollTo({ top: 0 })
  }, [])
  if (state.is === 'filling' || state.is === 'preparing') return null
  const rehearsal = state.is === 'answered' ? null : state.rehearsal
  return (
    <div ref={box} tabIndex={-1} className="acting-later" role="group" aria-label={LATER_WORDS[state.is]}>
      {rehearsal !== null && (
        <>
          <RehearsedConditions rehearsal={rehearsal} />
          <Rehearsed rehearsal={rehearsal} />
          {rehearsal.isOpen ? (
            <ConsentForm rehearsal={rehearsal} isSending={state.is === 'sending'} onGive={give} />
          ) : (
            <p className="acting-outcome" data-tone="waiting">
              <strong>It is closed.</strong> {rehearsal.why}
            </p>
          )}
        </>
      )}
      {state.is === 'rehearsed' && state.failure !== null && <FailureNote failure={state.failure} />}
      {state.is === 'answered' && <Answered answer={state.answer} rehearsal={state.rehearsal} />}
      <p className="acting-line">
        {state.is !== 'sending' && mayGoBack(state) && (
          <Button onClick={change}>{state.is === 'answered' ? 'Rehearse again' : 'Change'}</Button>
        )}
        {state.is === 'answered' && <Button onClick={onClose}>Done</Button>}
      </p>
    </div>
  )
}

/** Where it is closed, every condition; else how many are met, since those that are not known stand where they are acknowledged. */
function RehearsedConditions({ rehearsal: { isOpen, preconditions } }: { rehearsal: Rehearsal }) {
  if (!isOpen) return <Conditions preconditions={preconditions} />
  const metCount = preconditions.filter(({ state }) => state === 'met').length
  return (
    <details className="acting-basis">
      <summary>
        {metCount} of {preconditions.length} conditions are met
      </summary>
      <Conditions preconditions={preconditions} />
    </details>
  )
}

const LATER_WORDS = { rehearsed: 'Rehearsal', sending: 'Rehearsal', answered: 'What became of it' } as const

/** Back to what was filled in: not after it was accepted, and never while it is unknown. */
function mayGoBack(state: ActingState): boolean {
  if (state.is !== 'answered') return true
  return state.rehearsal === null || state.answer.outcome === 'refused' || state.answer.outcome === 'closed'
}

function leavingOf({ is }: ActingState): Leaving {
  if (is === 'sending') return 'not-now'
  return is === 'answered' ? 'freely' : 'deliberately'
}
