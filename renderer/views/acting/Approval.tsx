import { useId } from 'react'
import type { Rehearsal } from '../../../shared/api/action.ts'
import { inBackground } from '../../host/inBackground.ts'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { Mark } from '../../parts/Mark.tsx'
import type { ApprovalGiven, ApprovalState } from '../../replica/approval.ts'
import { ApprovalRequest } from './ApprovalRequest.tsx'
import { requestFile } from './requestFile.ts'
import { TextOrFile } from './TextOrFile.tsx'

/** The way over a second person: the request goes out, their signed approval comes back and is checked at once. */
export function Approval({ rehearsal, approval }: { rehearsal: Rehearsal; approval: ApprovalGiven }) {
  const id = useId()
  const { text, state, take } = approval
  return (
    <section aria-label="Second person" className="acting-part">
      <h3>A second person has to approve it</h3>
      <ol className="approval-steps">
        <li>
          <p>Give them the request, by whatever way you write to each other.</p>
          <ApprovalRequest rehearsal={rehearsal} />
        </li>
        <li>
          They read it and sign it on their own computer:{' '}
          <code>intent-console approve {requestFile(rehearsal)} --out approval.json</code>
        </li>
        <li className="field">
          <label htmlFor={id}>Paste the approval that they give back, or open its file</label>
          <TextOrFile
            common={{
              id,
              rows: 2,
              'aria-describedby': `${id}-state`,
              'aria-invalid': state.is === 'refused',
            }}
            words="the approval"
            text={text}
            onText={(next) => {
              inBackground('checking an approval', take(next))
            }}
          />
          <div id={`${id}-state`} role="status">
            <Checked state={state} />
          </div>
        </li>
      </ol>
    </section>
  )
}

function Checked({ state }: { state: ApprovalState }) {
  switch (state.is) {
    case 'missing':
      return (
        <p className="muted">
          It may take longer than this rehearsal lasts: rehearse again then. The approval still holds if
          nothing has moved.
        </p>
      )
    case 'checking':
      return <p className="muted">Checking it…</p>
    case 'refused':
      return <FailureNote failure={state.failure} />
    case 'good': {
      const { name, isSamePerson } = state.approver
      return isSamePerson ? (
        <Mark tone="waiting">Approved by {name}, an identity of this computer.</Mark>
      ) : (
        <Mark tone="done">Approved by {name}.</Mark>
      )
    }
  }
}
