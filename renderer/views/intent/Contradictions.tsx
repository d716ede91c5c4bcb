import type { Contradiction } from '../../../shared/intent/intent.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Instant } from '../../parts/Instant.tsx'
import { Mark } from '../../parts/Mark.tsx'

/** Answers that cannot all be right, side by side, each with how and when it was said. */
export function Contradictions({ contradictions }: { contradictions: readonly Contradiction[] }) {
  return contradictions.map(({ field, claims }) => (
    <div key={field} className="contradiction">
      <p>
        <Mark tone="failed">
          <strong>
            {claims.length === 2 ? 'Two answers disagree' : `${claims.length} answers disagree`}
          </strong>
        </Mark>{' '}
        on {wordsOfName(field).toLowerCase()}
      </p>
      <ul className="contradiction-claims">
        {claims.map((claim) => (
          <li key={`${claim.value} ${claim.origin} ${claim.atMs}`}>
            <code>{claim.value}</code>
            <span className="muted">
              {claim.origin}, <Instant atMs={claim.atMs} isShort />
            </span>
          </li>
        ))}
      </ul>
    </div>
  ))
}
