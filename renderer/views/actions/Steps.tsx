import type { ActionStep } from '../../../shared/api/action.ts'
import { Instant } from '../../parts/Instant.tsx'
import { ShortId } from '../../parts/ShortId.tsx'
import { Told } from '../../parts/Told.tsx'
import { stepWords } from './actionWords.ts'

/** Rows of the audit log in the order given; each carries the hash of the one before. `words` names the list. */
export function Steps({ steps, words }: { steps: readonly ActionStep[]; words: string }) {
  return (
    <ol aria-label={words} className="action-steps">
      {steps.map(({ seq, kind, atMs, who, why, httpStatus, hash }) => (
        <li key={seq}>
          <span>
            <Instant atMs={atMs} isShort />
          </span>
          <span>
            <strong>{stepWords(kind)}:</strong> <Told text={why} />{' '}
            <span className="muted">
              {who}
              {httpStatus !== null && `, HTTP ${String(httpStatus)}`}
            </span>
          </span>
          <span className="muted">
            row {seq}, <ShortId value={hash} what={`the hash of row ${seq}`} />
          </span>
        </li>
      ))}
    </ol>
  )
}
