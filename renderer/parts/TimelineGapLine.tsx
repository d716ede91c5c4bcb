import { formatDuration } from '../../shared/intent/time.ts'
import { Since } from './Ago.tsx'
import { Instant } from './Instant.tsx'
import { TimelineButton } from './TimelineButton.tsx'
import type { TimelineLineProps } from './TimelineLine.tsx'
import { gapReason, type TimelineRow } from './timelineLayout.ts'

/** A stretch in which the console was not listening: its bounds, how long, why, and when what was missed was read. */
export function TimelineGapLine(props: TimelineLineProps<Extract<TimelineRow, { kind: 'gap' }>>) {
  const { row, isSelected, onSelect } = props
  const { entry, fromMs, untilMs } = row
  return (
    <TimelineButton
      line={props}
      look="timeline-gap"
      isInGap
      isPressed={isSelected}
      onClick={() => {
        onSelect({ key: row.key, entry })
      }}
    >
      Not listening <Bounds fromMs={fromMs} untilMs={untilMs} />. {gapReason(entry)}{' '}
      <Repair repairedAtMs={entry.repairedAtMs ?? null} />
    </TimelineButton>
  )
}

function Bounds({ fromMs, untilMs }: { fromMs: number; untilMs: number | null }) {
  if (untilMs === null) {
    return (
      <>
        since <Instant atMs={fromMs} isShort /> (<Since sinceMs={fromMs} />)
      </>
    )
  }
  return (
    <>
      <Instant atMs={fromMs} isShort /> – <Instant atMs={untilMs} isShort /> (
      {formatDuration(untilMs - fromMs)})
    </>
  )
}

function Repair({ repairedAtMs }: { repairedAtMs: number | null }) {
  if (repairedAtMs === null) return <>Not read again yet.</>
  return (
    <>
      Repaired by reading at <Instant atMs={repairedAtMs} isShort />.
    </>
  )
}
