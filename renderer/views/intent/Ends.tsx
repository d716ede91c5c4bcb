import type { IntentDetail } from '../../../shared/api/row.ts'
import type { Leg } from '../../../shared/intent/amount.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { Amount } from '../../parts/Amount.tsx'
import { ShortId } from '../../parts/ShortId.tsx'
import { chainWords } from './chainWords.ts'

/** Both ends of the swap: exact amount, token and chain. */
export function Ends({ intent, vocabulary }: { intent: IntentDetail; vocabulary: Vocabulary }) {
  return (
    <dl className="ends">
      <dt>Gives</dt>
      <dd>
        <End leg={intent.source} vocabulary={vocabulary} />
      </dd>
      <dt>Receives</dt>
      <dd>
        <End leg={intent.destination} vocabulary={vocabulary} />
      </dd>
    </dl>
  )
}

function End({ leg, vocabulary }: { leg: Leg; vocabulary: Vocabulary }) {
  return (
    <>
      <strong className="end-amount">
        <Amount amount={leg.amount} />
      </strong>{' '}
      on {chainWords(leg.chainId, vocabulary)}
      {leg.token !== null && (
        <span className="muted">
          {' '}
          · token <ShortId value={leg.token} what="token" />
        </span>
      )}
      {leg.amount !== null && leg.amount.decimals === null && (
        <span
          className="muted"
          title="Nobody said how many decimals this token has, so base units are shown undivided."
        >
          {' '}
          · decimals not known
        </span>
      )}
    </>
  )
}
