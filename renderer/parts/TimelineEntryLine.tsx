import type { TimelineEntry } from '../../shared/api/row.ts'
import type { EntryFlag } from '../../shared/intent/fact.ts'
import { entryTitle } from '../../shared/intent/explain.ts'
import { formatDuration } from '../../shared/intent/time.ts'
import { claimOf } from '../../shared/intent/vocabulary.ts'
import { Badge } from './Badge.tsx'
import { Instant } from './Instant.tsx'
import { TimelineButton } from './TimelineButton.tsx'
import { TimelineLanes } from './TimelineLanes.tsx'
import type { TimelineLineProps } from './TimelineLine.tsx'
import { skewOf, type TimelineRow } from './timelineLayout.ts'
import { phaseShape, phaseTone, type Tone } from './tone.ts'

/** Each flag by shape and word, and what it means. */
const FLAGS: Record<EntryFlag, { shape: string; word: string; tone: Tone; means: string }> = {
  late: { shape: '↷', word: 'late', tone: 'waiting', means: 'Heard after something that happened later.' },
  repeat: { shape: '↻', word: 'repeat', tone: 'plain', means: 'The same was said before.' },
  backward: {
    shape: '↩',
    word: 'backward',
    tone: 'failed',
    means: 'Goes back behind a status already reached.',
  },
  'unknown-status': {
    shape: '?',
    word: 'unknown word',
    tone: 'waiting',
    means: 'The contract does not describe this status.',
  },
  quarantined: {
    shape: '⊘',
    word: 'not readable',
    tone: 'failed',
    means: 'The frame could not be read; it is kept.',
  },
}

const LANE_WORDS: Record<TimelineEntry['lane'], string> = {
  source: 'source side',
  destination: 'destination side',
  system: 'system',
  console: 'console',
}

/** One thing heard: when, on which side, in words and verbatim, how it came, and what is odd about it. */
export function TimelineEntryLine(props: TimelineLineProps<Extract<TimelineRow, { kind: 'entry' }>>) {
  const { row, vocabulary, isSelected, onSelect } = props
  const { entry, key } = row
  const title = entryTitle(entry, vocabulary)
  const phase = entry.status === null ? null : claimOf(vocabulary, entry.status).phase
  return (
    <TimelineButton
      line={props}
      isInGap={row.isInGap}
      isPressed={isSelected}
      onClick={() => {
        onSelect({ key, entry })
      }}
    >
      <Instant atMs={entry.atMs} isShort />
      <TimelineLanes
        lane={entry.lane}
        shape={phase === null ? '•' : phaseShape(phase)}
        tone={phase === null ? 'plain' : phaseTone(phase)}
      />
      <span className="timeline-what" title={[title, entry.status].filter(Boolean).join(' · ')}>
        {title}
        {row.sincePreviousMs !== null && row.sincePreviousMs >= 1_000 && (
          <span className="muted"> +{formatDuration(row.sincePreviousMs)}</span>
        )}
        {entry.status !== null && <code> {entry.status}</code>}
        <span className="visually-hidden">, {LANE_WORDS[entry.lane]}</span>
      </span>
      <span className="timeline-how">
        <Flags entry={entry} />
        <Skew entry={entry} />
        {entry.origin}
      </span>
    </TimelineButton>
  )
}

function Flags({ entry }: { entry: TimelineEntry }) {
  return (
    <>
      {entry.flags.map((flag) => (
        <Badge key={flag} tone={FLAGS[flag].tone} title={FLAGS[flag].means}>
          {FLAGS[flag].shape}{' '}
          {flag === 'repeat' && entry.repeats > 0 ? `${entry.repeats + 1} times` : FLAGS[flag].word}
        </Badge>
      ))}
    </>
  )
}

function Skew({ entry }: { entry: TimelineEntry }) {
  const skewMs = skewOf(entry)
  if (skewMs === null) return null
  return (
    <span
      title={`Heard ${formatDuration(Math.abs(skewMs))} ${skewMs > 0 ? 'after' : 'before'} the system's time`}
    >
      heard {skewMs > 0 ? '+' : '−'}
      {formatDuration(Math.abs(skewMs))} ·
    </span>
  )
}
