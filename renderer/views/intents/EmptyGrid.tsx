import { Link } from '@tanstack/react-router'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { useConnections } from '../../replica/connections.ts'
import type { GridReplica } from '../../replica/grid.ts'
import { useStatus } from '../../replica/status.ts'
import { valueOf } from './queryTerms.ts'
import { useGridView } from './useGridReplica.ts'
import { WatchIds } from './WatchIds.tsx'

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
        <WithoutList query={query} />
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
      <WithoutList query="" />
    </Empty>
  )
}

/** Of the connections that the query looks at, those whose system gives no list, and why; with the way to follow ids by hand. */
function WithoutList({ query }: { query: string }) {
  const connections = useConnections().value ?? []
  const system = valueOf(query, 'system:')
  const named = valueOf(query, 'connection:')
  const silent = connections.flatMap((connection) => {
    const isAskedFor =
      (system === null || system === connection.system) && (named === null || named === connection.id)
    const list = connection.capabilities.find(({ name }) => name === 'listIntents')
    return isAskedFor && list?.isOffered === false ? [{ ...connection, why: list.why }] : []
  })
  const [first] = silent
  if (first === undefined) return null
  return (
    <>
      <ul className="without-list">
        {silent.map(({ id, label, why }) => (
          <li key={id}>
            <strong>{label}</strong> <span className="muted">{id}</span>: {why}
          </li>
        ))}
      </ul>
      <p>
        An intent that is not heard of by itself can be followed by its id.{' '}
        <WatchIds className="button" connection={first.id} />
      </p>
    </>
  )
}
