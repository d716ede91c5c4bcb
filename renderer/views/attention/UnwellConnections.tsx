import { Link } from '@tanstack/react-router'
import type { ConnectionSummary } from '../../../shared/api/presence.ts'
import { ROW } from '../../frame/useRowKeys.ts'
import { Countdown, Since } from '../../parts/Ago.tsx'
import { counted } from '../../parts/counted.ts'
import { PresenceMark } from '../../parts/PresenceMark.tsx'

/** Connections that are not heard; nothing new can be known of their intents. */
export function UnwellConnections({ connections }: { connections: readonly ConnectionSummary[] }) {
  return (
    <section aria-labelledby="attention-connections">
      <h2 id="attention-connections">Connections that are not heard</h2>
      <ul className="attention-list">
        {connections.map(({ id, label, presence, openIntentCount }) => (
          <li key={id}>
            <Link to="/connections" className="attention-row" {...ROW}>
              <span className="attention-what">
                <PresenceMark presence={presence} /> {label} <span className="muted">{id}</span>
              </span>
              <span>
                for <Since sinceMs={presence.sinceMs} />
              </span>
              <span className="attention-why">
                {presence.reason} {counted(openIntentCount, 'open intent')} may have moved unseen.
              </span>
              <span className="attention-next">
                {presence.nextRetryAtMs === null ? (
                  presence.tip
                ) : (
                  <>
                    The console tries again <Countdown atMs={presence.nextRetryAtMs} />
                  </>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
