import { Link } from '@tanstack/react-router'
import type { ActAnswer, Rehearsal } from '../../../shared/api/action.ts'
import { Advice } from '../../parts/Advice.tsx'
import { Countdown } from '../../parts/Ago.tsx'
import { JsonText } from '../../parts/JsonText.tsx'
import { Mark } from '../../parts/Mark.tsx'
import type { Tone } from '../../parts/tone.ts'
import { Told } from '../../parts/Told.tsx'
import { BasisChanges } from './BasisChanges.tsx'
import { Conditions } from './Conditions.tsx'
import { DecodedAnswer } from './DecodedAnswer.tsx'

const OUTCOMES: Record<ActAnswer['outcome'], { words: string; tone: Tone; next: string }> = {
  accepted: { words: 'Accepted', tone: 'done', next: '' },
  refused: { words: 'Refused', tone: 'failed', next: '' },
  unknown: { words: 'Not known', tone: 'waiting', next: 'Until it is known it stands on top of Actions.' },
  closed: { words: 'Not sent', tone: 'waiting', next: 'Nothing left this console.' },
  'dry-run': { words: 'Not sent', tone: 'plain', next: 'Nothing left this console.' },
}

/** It was the console that refused, because of what moved; the log has the same words. */
const MOVED = { words: 'Not sent', tone: 'waiting', next: '' } as const

/** Outcomes that have a row in the log. */
const KEPT: ReadonlySet<ActAnswer['outcome']> = new Set(['accepted', 'refused', 'unknown'])

/** What became of a command: the outcome in words, what to do about it, what comes next, and the answer whole. */
export function Answered({ answer, rehearsal }: { answer: ActAnswer; rehearsal: Rehearsal | null }) {
  const { outcome, why, advice, changes, preconditions, opensAtMs, response, actionId } = answer
  const isMoved = changes !== undefined && changes.length > 0
  const { words, tone, next } = isMoved ? MOVED : OUTCOMES[outcome]
  return (
    <section aria-label="Outcome" className="acting-part">
      <div role="status" className="acting-outcome" data-tone={tone}>
        <p>
          <Mark tone={tone}>
            <strong>{rehearsal === null && outcome === 'accepted' ? 'Answered' : words}.</strong>
          </Mark>{' '}
          <Told text={why} /> {next} {outcome === 'accepted' && rehearsal?.expected}
          {opensAtMs !== null && outcome === 'closed' && (
            <>
              {' '}
              Opens <Countdown atMs={opensAtMs} />.
            </>
          )}
        </p>
        {advice !== null && <Advice text={advice} />}
      </div>
      {isMoved && <BasisChanges changes={changes} />}
      {outcome === 'closed' && <Conditions preconditions={preconditions} />}
      {response !== null && response !== undefined && (
        <>
          <DecodedAnswer response={response} />
          <JsonText title="Answer" text={textOf(response)} />
        </>
      )}
      {rehearsal !== null && KEPT.has(outcome) && (
        <p>
          <Link to="/actions" search={{ action: actionId }}>
            Show it in Actions
          </Link>
        </p>
      )}
    </section>
  )
}

function textOf(response: unknown): string {
  return typeof response === 'string' ? response : JSON.stringify(response)
}
