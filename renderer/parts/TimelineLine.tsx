import { memo } from 'react'
import type { TimelineEntry } from '../../shared/api/row.ts'
import { deadlineWords } from '../../shared/intent/deadline.ts'
import { formatDuration } from '../../shared/intent/time.ts'
import type { Vocabulary } from '../../shared/intent/vocabulary.ts'
import { Countdown, Since } from './Ago.tsx'
import { Instant } from './Instant.tsx'
import { TimelineButton } from './TimelineButton.tsx'
import { TimelineEntryLine } from './TimelineEntryLine.tsx'
import { TimelineGapLine } from './TimelineGapLine.tsx'
import { TimelineLanes } from './TimelineLanes.tsx'
import type { KeyedEntry, TimelineRow } from './timelineLayout.ts'

/** What every line of a timeline is given. */
export interface TimelineLineProps<Row extends TimelineRow = TimelineRow> {
  row: Row
  vocabulary: Vocabulary
  isSelected: boolean
  /** Whether Tab comes to this line first. */
  isEntrance: boolean
  onFocus: (key: string) => void
  onSelect: (item: KeyedEntry) => void
  /** Draws a run of quiet entries one by one. */
  onOpen: (key: string) => void
}

/** One line of a timeline. */
export const TimelineLine = memo(function TimelineLine(props: TimelineLineProps) {
  const { row } = props
  switch (row.kind) {
    case 'entry':
      return <TimelineEntryLine {...props} row={row} />
    case 'gap':
      return <TimelineGapLine {...props} row={row} />
    case 'quiet':
      return <QuietLine {...props} row={row} />
    case 'idle':
      return <IdleLine row={row} />
    case 'day':
      return <li className="timeline-day">{row.day}</li>
    case 'deadline':
      return <DeadlineLine row={row} />
    case 'now':
      return <NowLine row={row} />
  }
}, isSameLine)

/** The layout makes new rows each time; a line is drawn again only when what it shows is another. */
function isSameLine(before: TimelineLineProps, after: TimelineLineProps): boolean {
  const { row: rowBefore, ...restBefore } = before
  const { row: rowAfter, ...restAfter } = after
  return isShallowEqual(restBefore, restAfter) && isShallowEqual(rowBefore, rowAfter)
}

function isShallowEqual(a: object, b: object): boolean {
  const left = Object.entries(a)
  const right = new Map(Object.entries(b))
  return left.length === right.size && left.every(([key, value]) => right.get(key) === value)
}

type Of<Kind extends TimelineRow['kind']> = Extract<TimelineRow, { kind: Kind }>

function QuietLine(props: TimelineLineProps<Of<'quiet'>>) {
  const { row, onOpen } = props
  return (
    <TimelineButton
      line={props}
      look="is-quiet"
      isInGap={row.isInGap}
      isExpanded={false}
      onClick={() => {
        onOpen(row.key)
      }}
    >
      <Instant atMs={row.fromMs} isShort />
      <TimelineLanes />
      <span className="timeline-what">
        Heard {row.count} more times, nothing new, for {formatDuration(row.untilMs - row.fromMs)}
      </span>
      <span className="timeline-how">show all</span>
    </TimelineButton>
  )
}

function IdleLine({ row }: { row: Of<'idle'> }) {
  return (
    <li className="timeline-line is-idle">
      <span />
      <TimelineLanes isIdle />
      <span className="timeline-what">{formatDuration(row.untilMs - row.fromMs)} without news</span>
    </li>
  )
}

function DeadlineLine({ row }: { row: Of<'deadline'> }) {
  const { atMs, kind } = row.deadline
  return (
    <li className={`timeline-line timeline-deadline ${row.isPassed ? 'is-passed' : 'is-ahead'}`}>
      <Instant atMs={atMs} isShort />
      <TimelineLanes lane={laneOf(kind)} shape="⚑" tone={row.isPassed ? 'plain' : 'waiting'} />
      <span className="timeline-what" title={deadlineWords(kind)}>
        {deadlineWords(kind)}
      </span>
      <span className="timeline-how">
        <Countdown atMs={atMs} />
      </span>
    </li>
  )
}

/** The end that a deadline is about, by its name. */
function laneOf(kind: string): TimelineEntry['lane'] {
  if (/^source/i.test(kind)) return 'source'
  return /^destination/i.test(kind) ? 'destination' : 'system'
}

function NowLine({ row }: { row: Of<'now'> }) {
  return (
    <li className="timeline-line timeline-now">
      <span>now</span>
      <TimelineLanes isIdle />
      <span className="timeline-what">
        {!row.isListening && 'Not listening. '}
        {row.lastMs === null ? (
          'Nothing heard yet'
        ) : (
          <>
            Nothing more for <Since sinceMs={row.lastMs} />
          </>
        )}
      </span>
    </li>
  )
}
