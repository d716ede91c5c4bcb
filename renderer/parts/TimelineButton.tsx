import type { ReactNode } from 'react'
import type { TimelineLineProps } from './TimelineLine.tsx'

/** A line of a timeline that can be reached by keyboard and opened: pressed where it selects, expandable where it unfolds. */
export function TimelineButton(props: {
  line: Pick<TimelineLineProps, 'row' | 'isEntrance' | 'onFocus'>
  /** What sets its kind of line apart. */
  look?: 'is-quiet' | 'timeline-gap'
  isInGap: boolean
  isPressed?: boolean
  isExpanded?: boolean
  onClick: () => void
  children: ReactNode
}) {
  const { line, look, isInGap, isPressed, isExpanded, onClick, children } = props
  return (
    <li className={isInGap ? 'is-in-gap' : undefined}>
      <button
        type="button"
        className={look === undefined ? 'timeline-line' : `timeline-line ${look}`}
        tabIndex={line.isEntrance ? 0 : -1}
        aria-pressed={isPressed}
        aria-expanded={isExpanded}
        onFocus={() => {
          line.onFocus(line.row.key)
        }}
        onClick={onClick}
      >
        {children}
      </button>
    </li>
  )
}
