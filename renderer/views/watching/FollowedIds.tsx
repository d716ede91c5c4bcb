import { Link } from '@tanstack/react-router'
import type { WatchedId } from '../../../shared/api/watching.ts'
import { shortenId } from '../../../shared/intent/shorten.ts'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { Mark } from '../../parts/Mark.tsx'
import { PhaseMark } from '../../parts/PhaseMark.tsx'
import { useWatchedIds } from '../../replica/watching.ts'

interface FollowedIdsProps {
  connection: string
  onRemove: (id: string) => void
  isUnderWay: boolean
}

/** The ids followed on a connection, each with its state and a button that ends it. */
export function FollowedIds({ connection, onRemove, isUnderWay }: FollowedIdsProps) {
  const { value, failure } = useWatchedIds(connection)
  if (failure !== null) return <FailureNote failure={failure} />
  return (
    <section aria-label="Watched ids">
      <h3>
        Watched here <span className="muted">{value?.length.toLocaleString('en')}</span>
      </h3>
      {value?.length === 0 && <p className="muted">None yet.</p>}
      <ul role="list" aria-label="Watched ids" className="watching-list">
        {value?.map((watched) => (
          <li key={watched.id}>
            <WatchedName watched={watched} />
            <span>
              <WatchedState watched={watched} />
            </span>
            <Button
              disabled={isUnderWay || watched.isFromProfile}
              title={watched.isFromProfile ? 'It stands in the profile; remove it there.' : undefined}
              aria-label={`Stop watching ${watched.id}`}
              onClick={() => {
                onRemove(watched.id)
              }}
            >
              {watched.isFromProfile ? 'In the profile' : 'Remove'}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function WatchedName({ watched: { id, known } }: { watched: WatchedId }) {
  if (known === null)
    return (
      <span className="mono" title={id}>
        {shortenId(id)}
      </span>
    )
  return (
    <Link className="mono" to="/intents/$id" params={{ id: known.id }} title={id}>
      {shortenId(id)}
    </Link>
  )
}

function WatchedState({ watched: { known } }: { watched: WatchedId }) {
  if (known === null) return <span className="muted">nothing heard yet</span>
  if (known.isNotFound) return <Mark tone="waiting">the system does not know this id</Mark>
  return (
    <>
      <PhaseMark phase={known.phase} /> <code className="muted">{known.status}</code>
    </>
  )
}
