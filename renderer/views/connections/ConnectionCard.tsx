import { useId } from 'react'
import type { ConnectionSummary } from '../../../shared/api/presence.ts'
import { ROW } from '../../frame/useRowKeys.ts'
import { Capabilities } from './Capabilities.tsx'
import { ConnectionCommands } from './ConnectionCommands.tsx'
import { ConnectionLog } from './ConnectionLog.tsx'
import { ConnectionTest } from './ConnectionTest.tsx'
import { DriftTable } from './DriftTable.tsx'
import { EventRate } from './EventRate.tsx'
import { Gaps } from './Gaps.tsx'
import { PresenceFacts } from './PresenceFacts.tsx'
import { Quarantine } from './Quarantine.tsx'
import { WatchedIds } from './WatchedIds.tsx'
import { PresenceMark } from '../../parts/PresenceMark.tsx'

/** Everything about one connection. */
export function ConnectionCard({ connection }: { connection: ConnectionSummary }) {
  const titleId = useId()
  const { id, label, url, presence } = connection
  return (
    // The card takes the focus so that j and k walk from one to the next; what can be pressed in it has its own.
    <li className="connection" aria-labelledby={titleId} tabIndex={-1} {...ROW}>
      <header className="connection-head">
        <h2 id={titleId}>{label}</h2>
        <PresenceMark presence={presence} />
        <span className="muted">{id}</span>
        <code className="muted">{url}</code>
      </header>
      {presence.reason !== '' && (
        <p>
          <strong>{presence.reason}</strong> {presence.tip}
        </p>
      )}
      <div className="connection-columns">
        <div>
          <PresenceFacts connection={connection} />
          <EventRate perMinute={connection.eventsPerMinute} />
          <ConnectionTest connection={id} />
        </div>
        <div>
          <Gaps gaps={connection.gaps} />
          <Quarantine connection={id} count={connection.quarantinedCount} />
          <DriftTable drift={connection.drift} />
          <ConnectionLog lines={connection.log} />
        </div>
        <div>
          <WatchedIds connection={connection} />
          <ConnectionCommands connection={id} />
          <Capabilities capabilities={connection.capabilities} />
        </div>
      </div>
    </li>
  )
}
