import type { Explanation } from '../../../shared/intent/explain.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Countdown } from '../../parts/Ago.tsx'
import { Instant } from '../../parts/Instant.tsx'
import { stateTone } from '../../parts/tone.ts'

/** The state of an intent in words: what is going on, who acts next and by when, what happens if nobody does. */
export function ExplanationBox(props: { explanation: Explanation; isOver: boolean }) {
  const { nextActor, byMs, byKind, otherwise, tone } = props.explanation
  const [first, ...more] = props.explanation.sentences
  return (
    <div className="explanation" data-tone={stateTone(tone)}>
      {first !== undefined && (
        <p>
          <strong>{first}</strong> {more.join(' ')}
        </p>
      )}
      <p>
        {nextActor !== 'nobody' && (
          <>
            <strong>Next:</strong> {nextActor === 'unknown' ? 'not known who' : `the ${nextActor}`}
            {!props.isOver && <By atMs={byMs} kind={byKind} />}.{' '}
          </>
        )}
        {otherwise}
      </p>
    </div>
  )
}

function By({ atMs, kind }: { atMs: number | null; kind: string | null }) {
  if (atMs === null) return null
  return (
    <>
      , by{' '}
      <strong>
        <Instant atMs={atMs} isShort />
      </strong>{' '}
      (<Countdown atMs={atMs} />
      {kind !== null && `, ${wordsOfName(kind).toLowerCase()}`})
    </>
  )
}
