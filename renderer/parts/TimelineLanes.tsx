import type { TimelineEntry } from '../../shared/api/row.ts'
import type { Tone } from './tone.ts'

const LANES: readonly TimelineEntry['lane'][] = ['source', 'destination', 'system', 'console']

/** A mark in one of the four lanes; the lanes alone when there is none. The words beside it say the same. */
export function TimelineLanes(props: {
  lane?: TimelineEntry['lane']
  shape?: string
  tone?: Tone
  isIdle?: boolean
}) {
  return (
    <span className={`lanes ${props.isIdle === true ? 'is-idle' : ''}`} aria-hidden="true">
      {LANES.map((lane) => (
        <span key={lane} className="lane" data-tone={props.tone}>
          {lane === props.lane && <span className="lane-mark">{props.shape}</span>}
        </span>
      ))}
    </span>
  )
}
