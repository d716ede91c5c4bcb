import { Link } from '@tanstack/react-router'
import { STEP_WORDS } from '../../../shared/api/actionWords.ts'
import { Ago } from '../../parts/Ago.tsx'
import { useActions } from '../../replica/actions.ts'

/** What operators had done last about an intent, and its outcome: whoever opens it sees whether somebody is on it already. */
export function LastAction({ intent }: { intent: string }) {
  const { value } = useActions({ intent })
  const last = value?.actions[0]
  if (last === undefined) return null
  const { id, words, state, isLate, who, updatedAtMs } = last
  return (
    <p className="act-why">
      Last done: <strong>{words}</strong>, {isLate ? STEP_WORDS.appliedLate : STEP_WORDS[state]}{' '}
      <Ago atMs={updatedAtMs} />, by {who}.{' '}
      <Link to="/actions" search={{ action: id }}>
        Show it in Actions
      </Link>
    </p>
  )
}
