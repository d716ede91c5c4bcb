import { useRef, useState } from 'react'
import type { ActAnswer, Consent, Rehearsal } from '../../shared/api/action.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import { client } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'
import type { ActSubject } from './actions.ts'

/** How far a command has come. */
export type ActingState =
  | { is: 'filling'; failure: FailureShape | null }
  | { is: 'preparing' }
  | { is: 'rehearsed'; rehearsal: Rehearsal; failure: FailureShape | null }
  | { is: 'sending'; rehearsal: Rehearsal }
  | { is: 'answered'; answer: ActAnswer; rehearsal: Rehearsal | null }

/** What was filled in, and the ways on. */
export interface Acting {
  state: ActingState
  /** Fills the command in and shows what would be sent; sends nothing. */
  rehearse: (input: Record<string, unknown>) => Promise<void>
  /** Runs a command that only reads. */
  ask: (input: Record<string, unknown>) => Promise<void>
  /** Sends what was rehearsed. */
  give: (consent: Consent & { amount: string | null }) => Promise<void>
  /** Back to what is filled in. */
  change: () => void
}

const FILLING: ActingState = { is: 'filling', failure: null }

/**
 * One command on its way. Called without the query cache, which would remember what was filled in (a secret from a file)
 * for minutes.
 */
export function useActing(command: string, subject: ActSubject): Acting {
  const [state, setState] = useState<ActingState>(FILLING)
  /** What an answer that comes late is compared with: the dialog may have gone back meanwhile. */
  const asked = useRef(0)

  async function call(during: ActingState, work: () => Promise<ActingState>, onFail: FailedState) {
    const mine = (asked.current += 1)
    setState(during)
    let after: ActingState
    try {
      after = await work()
    } catch (error) {
      after = onFail(failureOf(error))
    }
    if (asked.current === mine) setState(after)
  }

  return {
    state,
    rehearse: (input) =>
      call(
        { is: 'preparing' },
        async () => {
          const rehearsal = await client.actions.prepare({ command, ...subject, input })
          return { is: 'rehearsed', rehearsal, failure: null }
        },
        (failure) => ({ is: 'filling', failure }),
      ),
    ask: (input) =>
      call(
        { is: 'preparing' },
        async () => {
          const answer = await client.actions.read({ command, ...subject, input })
          return { is: 'answered', answer, rehearsal: null }
        },
        (failure) => ({ is: 'filling', failure }),
      ),
    give: async ({ amount, ...consent }) => {
      if (state.is !== 'rehearsed') return
      const { rehearsal } = state
      const { draft, hash } = rehearsal
      const acknowledge = consent.acknowledge === 'unknown' ? consent.acknowledge : [...consent.acknowledge]
      await call(
        { is: 'sending', rehearsal },
        async () => {
          const typed = amount === null ? {} : { amount }
          const answer = await client.actions.give({ draft, hash, ...consent, acknowledge, ...typed })
          return { is: 'answered', answer, rehearsal }
        },
        (failure) => ({ is: 'rehearsed', rehearsal, failure }),
      )
    },
    change: () => {
      asked.current += 1
      setState(FILLING)
    },
  }
}

type FailedState = (failure: FailureShape) => ActingState
