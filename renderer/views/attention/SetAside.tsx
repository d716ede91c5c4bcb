import { Link } from '@tanstack/react-router'
import { ATTENTION } from '../../../shared/query/attention.ts'
import { counted } from '../../parts/counted.ts'
import { useMatching } from '../../replica/matching.ts'

/** How many intents would stand here if nobody had silenced them; nothing when there are none. */
export function SetAside() {
  const { value } = useMatching(ATTENTION.silenced)
  if (value === null || value.total === 0) return null
  return (
    <p className="muted">
      Set aside: {counted(value.total, 'silenced intent')}.{' '}
      <Link to="/intents" search={{ query: ATTENTION.silenced }}>
        Show them in the grid
      </Link>
    </p>
  )
}
