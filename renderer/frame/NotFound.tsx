import { Link } from '@tanstack/react-router'
import { Empty } from '../parts/Empty.tsx'

/** What stands where an address names no screen. */
export function NotFound() {
  return (
    <Empty title="There is no such screen">
      <p>
        The address may be mistyped. Go to <Link to="/intents">the list of intents</Link>.
      </p>
    </Empty>
  )
}
