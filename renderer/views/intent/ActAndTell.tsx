import { useId } from 'react'
import type { IntentDetail } from '../../../shared/api/row.ts'
import { explain } from '../../../shared/intent/explain.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { useTick } from '../../parts/clock.ts'
import { Button } from '../../parts/Button.tsx'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useConnections } from '../../replica/connections.ts'
import { useReread, useWatch } from '../../replica/intentCommands.ts'
import { OfferedCommands } from '../acting/OfferedCommands.tsx'
import { CopyTicket } from './CopyTicket.tsx'
import { LastAction } from './LastAction.tsx'
import { Remarks } from './Remarks.tsx'
import { rereadClosedBy } from './rereadClosedBy.ts'

/** The second part, in sight with the first: what can be done now, what cannot and why, what people noted, and the packet for a ticket. */
export function ActAndTell({ intent, vocabulary }: { intent: IntentDetail; vocabulary: Vocabulary }) {
  return (
    <>
      <h3>Act and tell</h3>
      <Tell intent={intent} vocabulary={vocabulary} />
      <OwnCommands intent={intent} vocabulary={vocabulary} />
      <LastAction intent={intent.id} />
      <OfferedCommands subject={{ intent: intent.id }} />
      <Remarks intent={intent} />
    </>
  )
}

/** What the console does by itself, without changing anything outside. */
function OwnCommands({ intent, vocabulary }: { intent: IntentDetail; vocabulary: Vocabulary }) {
  const connection = useConnections().value?.find(({ id }) => id === intent.connection)
  const reread = useReread()
  const watch = useWatch()
  const whyId = useId()
  const closedBy = rereadClosedBy(connection)
  const isWatched = intent.row.isWatched
  return (
    <>
      <div className="act-buttons act-own">
        <CopyTicket intent={intent} vocabulary={vocabulary} />
        <Button
          disabled={closedBy !== null || reread.isUnderWay}
          aria-describedby={closedBy === null ? undefined : whyId}
          onClick={() => {
            reread.give({ id: intent.id })
          }}
        >
          Read again
        </Button>
        <Button
          disabled={watch.isUnderWay}
          title={isWatched ? 'Followed across restarts' : 'Follow it across restarts'}
          onClick={() => {
            watch.give({ connection: intent.connection, id: intent.row.mainId, isWatched: !isWatched })
          }}
        >
          {isWatched ? 'Stop watching' : 'Watch'}
        </Button>
      </div>
      {closedBy !== null && (
        <p id={whyId} className="act-why">
          Read again is closed: {closedBy}
        </p>
      )}
      <p role="status" className="act-why">
        {reread.isUnderWay && 'Asking the system…'}
        {reread.isDone && 'Asked; the answer appears on the timeline.'}
      </p>
      {[reread.failure, watch.failure].map((failure) =>
        failure === null ? null : <FailureNote key={failure.message} failure={failure} />,
      )}
    </>
  )
}

function Tell({ intent, vocabulary }: { intent: IntentDetail; vocabulary: Vocabulary }) {
  const { tell } = explain(intent, vocabulary, useTick())
  return (
    <p className="act-tell">
      <span className="muted">The customer may hear:</span> {tell}
      <CopyButton text={tell} what="Copy what the customer may hear" />
    </p>
  )
}
