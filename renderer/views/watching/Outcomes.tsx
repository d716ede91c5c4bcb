import type { WatchOutcome } from '../../../shared/api/watching.ts'
import { counted } from '../../parts/counted.ts'
import { Mark } from '../../parts/Mark.tsx'
import { ShortIdText } from '../../parts/ShortId.tsx'

/** What became of the ids given last: how many were taken, and each that was not with the reason. */
export function Outcomes({ outcomes }: { outcomes: readonly WatchOutcome[] | null }) {
  if (outcomes === null) return null
  const accepted = outcomes.filter(({ outcome }) => outcome === 'accepted')
  const others = outcomes.filter(({ outcome }) => outcome !== 'accepted')
  return (
    <div role="status" className="watching-outcomes">
      <p>
        <Mark tone={accepted.length > 0 ? 'done' : 'plain'}>{counted(accepted.length, 'id')} accepted</Mark>
      </p>
      {others.length > 0 && (
        <ul aria-label="Not taken">
          {others.map(({ id, outcome, why }, at) => (
            <li key={`${id} ${at}`}>
              <Mark tone={outcome === 'refused' ? 'failed' : 'plain'}>
                {outcome === 'refused' ? 'refused' : 'already watched'}
              </Mark>{' '}
              <ShortIdText value={id} /> <span className="muted">{why}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
