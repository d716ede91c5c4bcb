import { useCallback, useEffect, useState, type KeyboardEvent } from 'react'
import type { TimelineEntry } from '../../shared/api/row.ts'
import type { Vocabulary } from '../../shared/intent/vocabulary.ts'
import { useClock, useTick, type Clock } from './clock.ts'
import { layTimeline, type KeyedEntry, type TimelineInput } from './timelineLayout.ts'
import { TimelineLine } from './TimelineLine.tsx'
import { TimelineNews } from './TimelineNews.tsx'
import { useNewestInSight } from './useNewestInSight.ts'
import './timeline.css'

/** Lines drawn at once: some ten screens, and quick to lay out; older ones are a click away. */
const LINES_AT_ONCE = 300

const LANES = [
  ['src', 'Source'],
  ['dst', 'Destination'],
  ['sys', 'System'],
  ['con', 'Console'],
] as const

/** How a day is written beside times that leave it out; times that carry it need no line for it. */
const DAY_OF: Record<Clock['times'], (atMs: number) => string> = {
  utc: (atMs) => new Date(atMs).toISOString().slice(0, 10),
  local: localDay,
  relative: () => '',
  epoch: () => '',
}

/** What a timeline draws. */
export interface TimelineProps {
  /** In history order. */
  entries: readonly TimelineEntry[]
  /** Whose history it is. */
  intent: Pick<TimelineInput, 'deadlines' | 'isTerminal' | 'moneyAtRisk'>
  vocabulary: Vocabulary
  /** Key of the selected entry. */
  selected: string | null
  onSelect: (item: KeyedEntry) => void
}

/** The history of one intent, oldest first: lanes, pauses, gaps over their exact bounds, deadlines as flags. */
export function Timeline(props: TimelineProps) {
  const { entries, intent, selected } = props
  const { deadlines, isTerminal, moneyAtRisk } = intent
  const { times } = useClock()
  const nowMs = useTick()
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const [shownCount, setShownCount] = useState(LINES_AT_ONCE)
  const [focused, setFocused] = useState<string | null>(null)

  const open = useCallback((key: string) => {
    setOpened((before) => new Set([...before, key]))
  }, [])

  const rows = layTimeline({
    ...{ entries, deadlines, isTerminal, moneyAtRisk },
    ...{ nowMs, opened, dayOf: DAY_OF[times] },
  })
  const hiddenCount = Math.max(0, rows.length - shownCount)
  const shown = rows.slice(hiddenCount)
  const reachable = shown.filter((row) => row.kind === 'entry' || row.kind === 'quiet' || row.kind === 'gap')
  const entrance = reachable.find((row) => row.key === focused) ?? reachable.at(-1)

  const box = useNewestInSight(rows.length)
  useEffect(() => {
    if (selected !== null)
      box.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [box, selected])

  return (
    <div className={`timeline timeline-${times}`} ref={box}>
      <TimelineHead />
      {hiddenCount > 0 && (
        <button
          className="timeline-earlier"
          onClick={() => {
            setShownCount(shownCount + LINES_AT_ONCE)
          }}
        >
          Show {Math.min(hiddenCount, LINES_AT_ONCE)} of {hiddenCount} earlier lines
        </button>
      )}
      {/* The role is said again because Safari drops it from lists without markers. */}
      <ol role="list" aria-label="Timeline" className="timeline-lines" onKeyDown={moveFocus}>
        {shown.map((row) => (
          <TimelineLine
            key={row.key}
            row={row}
            vocabulary={props.vocabulary}
            isSelected={row.key === selected}
            isEntrance={row.key === entrance?.key}
            onFocus={setFocused}
            onSelect={props.onSelect}
            onOpen={open}
          />
        ))}
      </ol>
      <TimelineNews entries={entries} vocabulary={props.vocabulary} />
    </div>
  )
}

function TimelineHead() {
  return (
    <div className="timeline-head" aria-hidden="true">
      <span>Time</span>
      <span className="lanes">
        {LANES.map(([short, name]) => (
          <span key={short} className="lane" title={name}>
            {short}
          </span>
        ))}
      </span>
      <span>What was heard</span>
      <span>How</span>
    </div>
  )
}

/** Arrows, j and k, Home and End move between the lines that can be selected; while one is selected, selection follows. */
function moveFocus(event: KeyboardEvent<HTMLOListElement>) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const lines = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.timeline-line')]
  const at = lines.findIndex((line) => line === document.activeElement)
  const target = lines[targetIndex(event.key, at, lines.length)]
  if (at === -1 || target === undefined) return
  event.preventDefault()
  event.stopPropagation()
  target.focus()
  const isFollowing = event.currentTarget.querySelector('[aria-pressed="true"]') !== null
  if (isFollowing && target.hasAttribute('aria-pressed')) target.click()
}

function targetIndex(key: string, at: number, count: number): number {
  if (key === 'ArrowUp' || key === 'k') return Math.max(0, at - 1)
  if (key === 'ArrowDown' || key === 'j') return Math.min(count - 1, at + 1)
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return -1
}

function localDay(atMs: number): string {
  const date = new Date(atMs)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
