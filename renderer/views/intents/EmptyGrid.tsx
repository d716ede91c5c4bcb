import { Link } from '@tanstack/react-router'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import type { GridReplica } from '../../replica/grid.ts'
import { useStatus } from '../../replica/status.ts'
import { useGridView } from './useGridReplica.ts'

/** Why there is no row, and what to do. */
export function EmptyGrid({ replica, onQuery }: { replica: GridReplica; onQuery: (query: string) => void }) {
  const status = useStatus()
  const { query } = replica.question
  if (useGridView(replica).total !== 0) return null
  if (query !== '') {
    return (
      <Empty title="No intent matches">
        <p>
          {(status?.counts.total ?? 0).toLocaleString('en')} intents are known; none of them meets{' '}
          <code>{query}</code>.
        </p>
        <Button
          onClick={() => {
            onQuery('')
          }}
        >
          Show all
        </Button>
      </Empty>
    )
  }
  if (status?.connections.length === 0) {
    return (
      <Empty title="This profile has no connections">
        <p>
          Choose another profile, or add a connection to this one, in <Link to="/settings">Settings</Link>.
        </p>
      </Empty>
    )
  }
  return (
    <Empty title="Nothing was heard yet">
      <p>
        Intents appear here as soon as a connection hears of one. How well each is heard stands under{' '}
        <Link to="/connections">Connections</Link>.
      </p>
    </Empty>
  )
}
