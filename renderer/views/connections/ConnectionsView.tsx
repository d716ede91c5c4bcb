import { Link } from '@tanstack/react-router'
import { useRowKeys } from '../../frame/useRowKeys.ts'
import { Empty } from '../../parts/Empty.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useConnections } from '../../replica/connections.ts'
import { ConnectionCard } from './ConnectionCard.tsx'
import './connections.css'

/** How well each system is heard, what was missed, and what could not be understood. */
export function ConnectionsView() {
  useRowKeys()
  const { value, failure } = useConnections()
  return (
    <div className="view">
      <h1>Connections</h1>
      {failure !== null && <FailureNote failure={failure} />}
      {value === null && failure === null && <Empty title="Reading the connections…" />}
      {value?.length === 0 && (
        <Empty title="This profile has no connections">
          <p>
            Choose another profile, or add a connection to this one, in <Link to="/settings">Settings</Link>.
          </p>
        </Empty>
      )}
      <ul role="list" aria-label="Connections" className="connections">
        {value?.map((connection) => (
          <ConnectionCard key={connection.id} connection={connection} />
        ))}
      </ul>
    </div>
  )
}
