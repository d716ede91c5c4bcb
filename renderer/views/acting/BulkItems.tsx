import { Link } from '@tanstack/react-router'
import type { Bulk, BulkItem } from '../../../shared/api/bulk.ts'
import { counted } from '../../parts/counted.ts'
import { Mark } from '../../parts/Mark.tsx'
import { ShortIdText } from '../../parts/ShortId.tsx'
import type { Tone } from '../../parts/tone.ts'
import { Told } from '../../parts/Told.tsx'

const STATES: Record<BulkItem['state'], { words: string; tone: Tone }> = {
  waiting: { words: 'to be done', tone: 'open' },
  excluded: { words: 'left out', tone: 'plain' },
  sending: { words: 'under way', tone: 'moving' },
  accepted: { words: 'done', tone: 'done' },
  refused: { words: 'refused', tone: 'failed' },
  unknown: { words: 'not known', tone: 'waiting' },
  closed: { words: 'not sent', tone: 'waiting' },
  stopped: { words: 'not begun', tone: 'plain' },
}

/** How far it has come, and each intent with what became of it. */
export function BulkItems({ bulk: { items, expected } }: { bulk: Bulk }) {
  const excluded = items.filter(({ state }) => state === 'excluded').length
  const left = items.filter(({ state }) => state === 'waiting' || state === 'sending').length
  const taken = items.length - excluded
  return (
    <>
      <p role="status">
        <strong>
          {taken - left} of {taken}
        </strong>{' '}
        done{excluded > 0 && `, ${counted(excluded, 'intent')} left out`}.{' '}
        <span className="muted">{expected}</span>
      </p>
      <progress aria-label="Progress" max={Math.max(taken, 1)} value={taken - left} />
      <ul role="list" aria-label="Each intent" className="bulk-items" tabIndex={0}>
        {items.map(({ intent, mainId, state, why, actionId }) => (
          <li key={intent}>
            <Mark tone={STATES[state].tone}>{STATES[state].words}</Mark>
            <ShortIdText value={mainId} />
            <span className="muted">
              <Told text={why} />{' '}
              {actionId !== null && (
                <Link to="/actions" search={{ action: actionId }}>
                  In Actions
                </Link>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
