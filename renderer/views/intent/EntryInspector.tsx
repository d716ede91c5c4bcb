import { X } from 'lucide-react'
import type { TimelineEntry } from '../../../shared/api/row.ts'
import { entryTitle } from '../../../shared/intent/explain.ts'
import { formatDuration } from '../../../shared/intent/time.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Button } from '../../parts/Button.tsx'
import { Instant } from '../../parts/Instant.tsx'
import { skewOf } from '../../parts/timelineLayout.ts'
import { DecodedAndRaw } from './DecodedAndRaw.tsx'
import './inspector.css'

/** One entry of the timeline opened: both times, what it changed, and the event decoded beside its raw form. */
export function EntryInspector(props: { entry: TimelineEntry; vocabulary: Vocabulary; onClose: () => void }) {
  const { entry, vocabulary, onClose } = props
  const title = entryTitle(entry, vocabulary)
  return (
    <section className="inspector" aria-label={`Entry ${entry.seq}: ${title}`}>
      <header className="intent-head">
        <h3>{title}</h3>
        <Button look="quiet" aria-label="Close the entry" title="Close (Esc)" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </Button>
      </header>
      <Times entry={entry} />
      {entry.kind !== 'gap' && <Changes changes={entry.changes} />}
      <DecodedAndRaw key={entry.seq} seq={entry.seq} />
    </section>
  )
}

function Times({ entry }: { entry: TimelineEntry }) {
  const skewMs = skewOf(entry)
  return (
    <p className="inspector-times">
      {wordsOfName(entry.kind)} · journal entry {entry.seq} · by {entry.origin} · its time{' '}
      <Instant atMs={entry.atMs} /> · heard <Instant atMs={entry.receivedAtMs} />
      {skewMs !== null &&
        ` (${formatDuration(Math.abs(skewMs))} ${skewMs > 0 ? 'later' : 'before its own time'})`}
    </p>
  )
}

function Changes({ changes }: { changes: TimelineEntry['changes'] }) {
  if (changes.length === 0) return <p className="muted">It changed nothing that was known.</p>
  return (
    <table className="changes">
      <thead>
        <tr>
          <th scope="col">What changed</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, from, to }) => (
          <tr key={field}>
            <td>{wordsOfName(field)}</td>
            <td>{from === null ? <span className="muted">not known</span> : <code>{from}</code>}</td>
            <td>
              <code>{to}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
