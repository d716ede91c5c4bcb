import { FailureNote } from '../../parts/FailureNote.tsx'
import { Instant } from '../../parts/Instant.tsx'
import type { GridQuestion, GridReplica } from '../../replica/grid.ts'
import { useGridView } from './useGridReplica.ts'

const ORDER_WORDS: Record<GridQuestion['sort']['by'], [descending: string, ascending: string]> = {
  changed: ['last changed first', 'longest unchanged first'],
  created: ['newest first', 'oldest first'],
  phaseSince: ['shortest in phase first', 'longest in phase first'],
  deadline: ['latest deadline first', 'nearest deadline first'],
}

/** How many match, in which order, as of when, and how many came while the grid is held still. */
export function GridLine({ replica, onRelease }: { replica: GridReplica; onRelease: () => void }) {
  const view = useGridView(replica)
  const { sort } = replica.question
  if (view.failure !== null) return <FailureNote failure={view.failure} />
  if (view.total === null) return <p className="grid-line muted">Reading…</p>
  return (
    <p className="grid-line">
      <span className="muted">
        {view.total.toLocaleString('en')} {view.total === 1 ? 'intent' : 'intents'} ·{' '}
        {ORDER_WORDS[sort.by][sort.isAscending ? 1 : 0]} · as of <Instant atMs={view.asOfMs} isShort />
      </span>
      {view.isHeld && (
        <span>
          <button type="button" className="release" onClick={onRelease}>
            {view.newCount.toLocaleString('en')} new
          </button>{' '}
          <span className="muted">
            · held still while you read <kbd>p</kbd>
          </span>
        </span>
      )}
    </p>
  )
}
