import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { IntentRow } from '../../../shared/api/row.ts'
import { inShortAt } from '../../../shared/intent/course.ts'
import { deadlineWords, nextDeadline, openDeadlines } from '../../../shared/intent/deadline.ts'
import { shortenId } from '../../../shared/intent/shorten.ts'
import { standingSinceMs } from '../../../shared/intent/course.ts'
import { waitedWords } from '../../../shared/intent/stuck.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { ROW } from '../../frame/useRowKeys.ts'
import { Countdown, Since } from '../../parts/Ago.tsx'
import { Amount } from '../../parts/Amount.tsx'
import { Button } from '../../parts/Button.tsx'
import { useTick } from '../../parts/clock.ts'
import { Mark } from '../../parts/Mark.tsx'
import { PhaseMark } from '../../parts/PhaseMark.tsx'
import type { Matching } from '../../replica/matching.ts'
import { useSystemLabel, useVocabulary } from '../../replica/status.ts'
import { SilenceForm } from '../telling/SilenceForm.tsx'

/** Why an intent stands on this screen. */
type Reason = 'overdue' | 'at-risk' | 'contradicted'

/** Intents that need a person for one reason; nothing at all when there are none. */
export function AttentionIntents({
  title,
  query,
  matching,
  reason,
}: {
  title: string
  query: string
  matching: Matching | null
  reason: Reason
}) {
  const titleId = useId()
  if (matching === null || matching.total === 0) return null
  const { rows, total } = matching
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId}>
        {title} <span className="muted">{total.toLocaleString('en')}</span>
      </h2>
      <ul className="attention-list">
        {rows.map((row) => (
          <AttentionItem key={row.id} row={row} reason={reason} />
        ))}
      </ul>
      {total > rows.length && (
        <p className="muted">
          The first {rows.length} of {total.toLocaleString('en')}.{' '}
          <Link to="/intents" search={{ query }}>
            Show all in the grid
          </Link>
        </p>
      )}
    </section>
  )
}

function AttentionItem({ row, reason }: { row: IntentRow; reason: Reason }) {
  const [isSilencing, setSilencing] = useState(false)
  return (
    <li className="attention-item">
      <AttentionRow row={row} reason={reason} />
      <Button
        look="quiet"
        aria-label={`Silence ${shortenId(row.mainId)}`}
        aria-expanded={isSilencing}
        onClick={() => {
          setSilencing(!isSilencing)
        }}
      >
        Silence
      </Button>
      {isSilencing && (
        <SilenceForm
          intent={row.id}
          onClose={() => {
            setSilencing(false)
          }}
        />
      )}
    </li>
  )
}

function AttentionRow({ row, reason }: { row: IntentRow; reason: Reason }) {
  const word = useWords(row)
  const system = useSystemLabel(row.system)
  const sinceMs = reason === 'overdue' && row.overdueAtMs !== null ? row.overdueAtMs : row.phaseSinceMs
  return (
    <Link to="/intents/$id" params={{ id: row.id }} className="attention-row" {...ROW}>
      <span className="attention-what">
        <PhaseMark phase={row.phase} /> <span className="mono">{shortenId(row.mainId)}</span>
        <span className="muted">{system}</span>
        {row.moneyAtRisk && <Mark tone="waiting">money at risk</Mark>}
      </span>
      <span className="attention-since">
        <span>
          {reason === 'overdue' ? 'overdue for ' : 'for '}
          <Since sinceMs={sinceMs} />
        </span>
        {row.moneyAtRisk && <Amount amount={row.source.amount} />}
      </span>
      <span className="attention-why">
        <Why row={row} reason={reason} />
      </span>
      <span className="attention-next">
        Next: <strong>{word?.nextActor ?? 'unknown'}</strong>. {word?.then}{' '}
        <ByWhen row={row} byKind={word?.byKind ?? null} />
      </span>
    </Link>
  )
}

/** Where the row stands now: its situation, else its status word; null while neither is known. */
function useWords(row: IntentRow) {
  const nowMs = useTick()
  const vocabulary = useVocabulary(row.system)
  return vocabulary === null ? null : inShortAt(row, vocabulary, nowMs)
}

/** The deadline by which the next actor must have acted, else the nearest that still matters. */
function ByWhen({ row, byKind }: { row: IntentRow; byKind: string | null }) {
  const nowMs = useTick()
  const deadlines = openDeadlines(row)
  const named = deadlines.find(({ kind, atMs }) => kind === byKind && atMs >= nowMs)
  const next = named ?? nextDeadline(deadlines, nowMs)
  if (next === null) return null
  return (
    <span title={deadlineWords(next.kind)}>
      {wordsOfName(next.kind)} <Countdown atMs={next.atMs} />.
    </span>
  )
}

function Why({ row, reason }: { row: IntentRow; reason: Reason }) {
  const nowMs = useTick()
  const label = useWords(row)?.label ?? `“${row.status}”`
  switch (reason) {
    case 'overdue':
      return row.overdueAtMs === null
        ? label
        : waitedWords(
            label,
            {
              sinceMs: standingSinceMs(row.situations, row.phaseSinceMs, nowMs),
              overdueAtMs: row.overdueAtMs,
            },
            nowMs,
          )
    case 'at-risk':
      return `${label}. Funds were locked, and no refund or payout has been heard of.`
    case 'contradicted':
      return `The newest word is “${row.status}”, and that contradicts what was said before. Both stand in the intent.`
  }
}
