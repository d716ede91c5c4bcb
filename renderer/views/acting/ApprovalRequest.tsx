import { useState } from 'react'
import type { Rehearsal } from '../../../shared/api/action.ts'
import { Failure, type FailureShape } from '../../../shared/api/failure.ts'
import { failureOf } from '../../host/failureOf.ts'
import { inBackground } from '../../host/inBackground.ts'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { approvalRequestOf } from '../../replica/approval.ts'
import { requestFile } from './requestFile.ts'
import { saveText } from './saveText.ts'

/** The ways to hand a request out; each answers what was done, in words. */
const WAYS = [
  { words: 'Save the request', hand: save },
  { words: 'Copy the request', hand: copy },
] as const

/** What a second person reads before they approve, to be saved or copied. */
export function ApprovalRequest({ rehearsal }: { rehearsal: Rehearsal }) {
  const [done, setDone] = useState('')
  const [failure, setFailure] = useState<FailureShape | null>(null)

  async function give(hand: (typeof WAYS)[number]['hand']) {
    setDone('')
    setFailure(null)
    try {
      setDone(await hand(await approvalRequestOf(rehearsal.draft), requestFile(rehearsal)))
    } catch (error) {
      setFailure(failureOf(error))
    }
  }

  return (
    <>
      <p className="acting-line">
        {WAYS.map(({ words, hand }) => (
          <Button
            key={words}
            onClick={() => {
              inBackground('handing a request out', give(hand))
            }}
          >
            {words}
          </Button>
        ))}
        <span role="status" className="muted">
          {done}
        </span>
      </p>
      {failure !== null && <FailureNote failure={failure} />}
    </>
  )
}

function save(request: string, file: string): string {
  saveText(file, request)
  return `Saved as ${file}.`
}

async function copy(request: string): Promise<string> {
  await navigator.clipboard.writeText(request).catch(() => {
    throw new Failure('closed', 'The browser did not allow copying.', { tip: 'Save the request instead.' })
  })
  return 'Copied.'
}
