import type { ReactNode } from 'react'
import type { ConnectionSummary } from '../../../shared/api/presence.ts'
import { formatDuration } from '../../../shared/intent/time.ts'
import { Ago, Countdown, Since } from '../../parts/Ago.tsx'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useTick } from '../../parts/clock.ts'
import { Mark } from '../../parts/Mark.tsx'
import { presenceWord } from '../../parts/tone.ts'
import { useReconnect } from '../../replica/connectionCommands.ts'

/** How well the connection is heard, in ages that tick, and its next attempt where it has none. */
export function PresenceFacts({ connection }: { connection: ConnectionSummary }) {
  const { presence, isHeldHere } = connection
  const { lastReceivedAtMs, lastPongAtMs, roundTripMs } = presence
  return (
    <>
      <dl className="connection-facts">
        <Fact name={`${presenceWord(presence.state)} for`}>
          <Since sinceMs={presence.sinceMs} />
        </Fact>
        <Fact name="Last frame">
          {lastReceivedAtMs === null ? 'none yet' : <Ago atMs={lastReceivedAtMs} />}
        </Fact>
        <Fact name="Ping">
          {lastPongAtMs === null ? (
            'not answered yet'
          ) : (
            <>
              answered <Ago atMs={lastPongAtMs} />
              {roundTripMs !== null &&
                `, took ${roundTripMs < 1 ? 'less than 1 ms' : formatDuration(roundTripMs)}`}
            </>
          )}
        </Fact>
        <Pause untilMs={presence.pausedUntilMs ?? null} />
        <Fact name="Events">
          {connection.eventCount.toLocaleString('en')}, {connection.repeatCount.toLocaleString('en')} of them
          repeated
        </Fact>
        <Fact name="Open intents">{connection.openIntentCount.toLocaleString('en')}</Fact>
        <Fact name="Credential">
          <CredentialWords credential={connection.credential} />
        </Fact>
        {!isHeldHere && <Fact name="Link">held by another running console</Fact>}
      </dl>
      {presence.state !== 'live' && presence.state !== 'connecting' && (
        <NextAttempt connection={connection} />
      )}
    </>
  )
}

/** That readings over REST wait because the server asked for it; nothing once that is over. */
function Pause({ untilMs }: { untilMs: number | null }) {
  const nowMs = useTick()
  if (untilMs === null || untilMs <= nowMs) return null
  return (
    <Fact name="Readings">
      <Mark tone="waiting">
        paused on the server’s request, go on <Countdown atMs={untilMs} />
      </Mark>
    </Fact>
  )
}

function NextAttempt({ connection }: { connection: ConnectionSummary }) {
  const { nextRetryAtMs, attempt, state } = connection.presence
  const { reconnect, isUnderWay, failure } = useReconnect(connection.id)
  return (
    <div className="connection-retry">
      <span>
        {nextRetryAtMs === null ? (
          state === 'needs-credentials' ? (
            'It tries again as soon as there is another credential.'
          ) : (
            'No further attempt is planned.'
          )
        ) : (
          <>
            Attempt {attempt + 1} <Countdown atMs={nextRetryAtMs} />.
          </>
        )}
      </span>
      <Button onClick={reconnect} disabled={isUnderWay || !connection.isHeldHere}>
        Reconnect now
      </Button>
      {failure !== null && <FailureNote failure={failure} />}
    </div>
  )
}

function CredentialWords({ credential }: Pick<ConnectionSummary, 'credential'>) {
  const { kind, isPresent, state, why } = credential
  if (kind === 'none') return 'none needed'
  if (state === 'locked' || state === 'unavailable') return <Mark tone="waiting">{why}</Mark>
  const place = kind === 'keychain' ? 'in the keychain' : 'in the environment'
  return isPresent ? `present ${place}, never shown` : <Mark tone="waiting">{`missing ${place}`}</Mark>
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
