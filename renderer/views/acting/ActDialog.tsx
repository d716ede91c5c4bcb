import { useEffect, useRef, type RefObject } from 'react'
import type { OfferedCommand, Rehearsal } from '../../../shared/api/action.ts'
import { Button } from '../../parts/Button.tsx'
import { Dialog, type Leaving } from '../../parts/Dialog.tsx'
import { Told } from '../../parts/Told.tsx'
import { useActing, type ActingState } from '../../replica/acting.ts'
import type { ActSubject } from '../../replica/actions.ts'
import { Answered } from './Answered.tsx'
import { CommandForm } from './CommandForm.tsx'
import { Conditions } from './Conditions.tsx'
import { ConsentForm } from './ConsentForm.tsx'
import { Rehearsed } from './Rehearsed.tsx'
import './acting.css'

/** One command from its conditions to its outcome, in one window: fill in, see the request, consent, see what became of it. */
export function ActDialog(props: {
  command: OfferedCommand
  subject: ActSubject
  /** The commands that it was chosen from: with an outcome its button may stand elsewhere among them, or be closed. */
  among: RefObject<HTMLElement | null>
  onClose: () => void
}) {
  const { command, subject, among, onClose } = props
  const acting = useActing(command.name, subject)
  const { state } = acting
  const isFilling = state.is === 'filling' || state.is === 'preparing'
  return (
    <Dialog
      title={command.words}
      isOpen
      leaving={leavingOf(state)}
      returnsTo={state.is === 'answered' ? among : undefined}
      onClose={onClose}
    >
      <div className="acting">
        {/* Stays while it is not seen, so that going back finds what was filled in. */}
        <CommandForm
          command={command}
          isHidden={!isFilling}
          isUnderWay={state.is === 'preparing'}
          failure={state.is === 'filling' ? state.failure : null}
          onInput={command.effect === 'reads' ? acting.ask : acting.rehearse}
        >
          {isFilling && <About command={command} />}
        </CommandForm>
        <Later key={state.is === 'sending' ? 'rehearsed' : state.is} {...{ acting, onClose }} />
      </div>
    </Dialog>
  )
}

function About({ command }: { command: OfferedCommand }) {
  const { expected, repeats, warning, preconditions, needsApproval } = command
  return (
    <>
      <p>{expected}</p>
      {warning !== '' && (
        <p className="acting-warning" data-tone="waiting">
          <span aria-hidden="true">◇ </span>
          {warning}
        </p>
      )}
      {needsApproval && <p>A second person has to approve it: the rehearsal has the request for them.</p>}
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
  }, [])
  if (state.is === 'filling' || state.is === 'preparing') return null
  return (
    <div ref={box} tabIndex={-1} className="acting-step" role="group" aria-label={LATER_WORDS[state.is]}>
      {state.is === 'answered' && <Outcome state={state} onChange={change} onClose={onClose} />}
      {state.is !== 'answered' && !state.rehearsal.isOpen && (
        <ClosedMeanwhile rehearsal={state.rehearsal} onChange={change} />
      )}
      {state.is !== 'answered' && state.rehearsal.isOpen && (
        <ConsentForm
          rehearsal={state.rehearsal}
          isSending={state.is === 'sending'}
          failure={state.is === 'rehearsed' ? state.failure : null}
          onGive={give}
          onChange={change}
        >
          <MetConditions preconditions={state.rehearsal.preconditions} />
          <Rehearsed rehearsal={state.rehearsal} />
        </ConsentForm>
      )}
    </div>
  )
}

/** How many conditions are met; those that are not known stand where they are acknowledged. */
function MetConditions({ preconditions }: Pick<Rehearsal, 'preconditions'>) {
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

function ClosedMeanwhile({ rehearsal, onChange }: { rehearsal: Rehearsal; onChange: () => void }) {
  return (
    <>
      <div className="dialog-scroll">
        <Conditions preconditions={rehearsal.preconditions} />
        <Rehearsed rehearsal={rehearsal} />
      </div>
      <div className="dialog-foot">
        <p className="acting-outcome" data-tone="waiting">
          <strong>It is closed.</strong> <Told text={rehearsal.why} />
        </p>
        <p className="acting-line">
          <Button onClick={onChange}>Change</Button>
        </p>
      </div>
    </>
  )
}

type AnsweredState = Extract<ActingState, { is: 'answered' }>

function Outcome(props: { state: AnsweredState; onChange: () => void; onClose: () => void }) {
  const { state, onChange, onClose } = props
  return (
    <>
      <div className="dialog-scroll">
        <Answered answer={state.answer} rehearsal={state.rehearsal} />
      </div>
      <p className="dialog-foot acting-line">
        {mayGoBack(state) && <Button onClick={onChange}>Rehearse again</Button>}
        <Button onClick={onClose}>Done</Button>
      </p>
    </>
  )
}

const LATER_WORDS = { rehearsed: 'Rehearsal', sending: 'Rehearsal', answered: 'What became of it' } as const

/** Back to what was filled in: not after it was accepted, and never while it is unknown. */
function mayGoBack({ answer: { outcome }, rehearsal }: AnsweredState): boolean {
  return rehearsal === null || outcome === 'refused' || outcome === 'closed'
}

function leavingOf({ is }: ActingState): Leaving {
  if (is === 'sending') return 'not-now'
  return is === 'answered' ? 'freely' : 'deliberately'
}
