import type { Rehearsal } from '../../../shared/api/action.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { RequestText } from '../../parts/RequestText.tsx'
import { ShortId } from '../../parts/ShortId.tsx'

/** What would be sent, on what ground, and what is expected of it. */
export function Rehearsed({ rehearsal }: { rehearsal: Rehearsal }) {
  const { request, basis, expected, repeats, warning, hash } = rehearsal
  return (
    <>
      <section aria-label="What will be sent">
        <h3>What will be sent</h3>
        <RequestText request={request} />
      </section>
      <dl className="acting-facts">
        <dt>Expected</dt>
        <dd>{expected}</dd>
        <dt>If it is sent twice</dt>
        <dd>{repeats}</dd>
        {warning !== '' && (
          <>
            <dt>Mind</dt>
            <dd data-tone="waiting" className="acting-warning">
              <span aria-hidden="true">◇ </span>
              {warning}
            </dd>
          </>
        )}
      </dl>
      <details className="acting-basis">
        <summary>Based on this state; if it moves, nothing is sent</summary>
        <dl className="acting-facts">
          {Object.entries(basis).map(([field, value]) => (
            <div key={field}>
              <dt>{wordsOfName(field)}</dt>
              <dd>
                <code>{value === '' ? 'nothing' : value}</code>
              </dd>
            </div>
          ))}
          <div>
            <dt>Hash of all this</dt>
            <dd>
              <ShortId value={hash} what="the hash" />
            </dd>
          </div>
        </dl>
      </details>
    </>
  )
}
