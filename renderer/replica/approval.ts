import { useRef, useState } from 'react'
import type { Approver } from '../../shared/api/action.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import { client } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'

/** How far a second person's approval has come. */
export type ApprovalState =
  | { is: 'missing' }
  | { is: 'checking' }
  | { is: 'good'; approver: Approver }
  | { is: 'refused'; failure: FailureShape }

/** A second person's approval of one draft, and the way to bring it. */
export interface ApprovalGiven {
  /** As it was pasted or read from a file. */
  text: string
  state: ApprovalState
  /** Takes another text and has the engine check it, so that whose it is stands here before anything is sent. */
  take: (text: string) => Promise<void>
}

/** The approval of a draft. Sending checks it once more: it may expire meanwhile. */
export function useApproval(draft: string): ApprovalGiven {
  const [text, setText] = useState('')
  const [state, setState] = useState<ApprovalState>({ is: 'missing' })
  /** What an answer that comes late is compared with: another text may stand there meanwhile. */
  const asked = useRef(0)
  return {
    text,
    state,
    take: async (next) => {
      const mine = (asked.current += 1)
      const approval = next.trim()
      setText(next)
      setState({ is: approval === '' ? 'missing' : 'checking' })
      if (approval === '') return
      const checked = await checkedBy(draft, approval)
      if (asked.current === mine) setState(checked)
    },
  }
}

async function checkedBy(draft: string, approval: string): Promise<ApprovalState> {
  try {
    return { is: 'good', approver: await client.actions.approver({ draft, approval }) }
  } catch (error) {
    return { is: 'refused', failure: failureOf(error) }
  }
}

/** The text to hand to a second person for a draft. Fails with what `failureOf` says. */
export async function approvalRequestOf(draft: string): Promise<string> {
  const { text } = await client.actions.approvalRequest({ draft })
  return text
}
