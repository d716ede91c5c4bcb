import { Link } from '@tanstack/react-router'
import type { ActionRecord } from '../../../shared/api/action.ts'
import { ROW } from '../../frame/useRowKeys.ts'
import { Since } from '../../parts/Ago.tsx'
import { Mark } from '../../parts/Mark.tsx'
import { ShortIdText } from '../../parts/ShortId.tsx'

/** Actions that nobody has settled: it is not known what became of them, or they were carried out after all. */
export function ActionsInNeed({ actions }: { actions: readonly ActionRecord[] }) {
  return (
    <section aria-labelledby="attention-actions">
      <h2 id="attention-actions">
        Actions that need you <span className="muted">{actions.length.toLocaleString('en')}</span>
      </h2>
      <ul className="attention-list">
        {actions.map((action) => (
          <li key={action.id}>
            <Link to="/actions" search={{ action: action.id }} className="attention-row" {...ROW}>
              <span className="attention-what">
                <Mark tone={action.state === 'sending' ? 'moving' : 'waiting'}>{stateWords(action)}</Mark>
                {action.words} <ShortIdText value={action.subject} />
              </span>
              <span>
                for <Since sinceMs={action.updatedAtMs} />
              </span>
              <span className="attention-why">{action.why}</span>
              <span className="attention-next">
                Next: <strong>you</strong>. {nextWords(action)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function stateWords({ isLate, state }: ActionRecord): string {
  if (isLate) return 'carried out late'
  return state === 'sending' ? 'being sent' : 'not known'
}

function nextWords({ isLate, state, nextReadAtMs }: ActionRecord): string {
  if (isLate)
    return 'It was settled as not carried out, and then it was; see whether another one was sent meanwhile.'
  if (state === 'sending') return 'Wait for the answer.'
  return nextReadAtMs === null
    ? 'Reading does not tell what became of it: find out and settle it.'
    : 'The console goes on reading; settle it when you know.'
}
