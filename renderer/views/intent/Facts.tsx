import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { IntentDetail } from '../../../shared/api/row.ts'
import { deadlineWords } from '../../../shared/intent/deadline.ts'
import { shortenId } from '../../../shared/intent/shorten.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Countdown } from '../../parts/Ago.tsx'
import { Instant } from '../../parts/Instant.tsx'
import { Address, ShortId } from '../../parts/ShortId.tsx'
import { chainWords } from './chainWords.ts'

/** The rest that is known: people, deadlines, transactions, related ids. */
export function Facts({ intent, vocabulary }: { intent: IntentDetail; vocabulary: Vocabulary }) {
  return (
    <>
      <dl className="facts">
        <Fact name="Maker">
          <Address value={intent.maker} what="maker" />
        </Fact>
        <Fact name="Solver">
          <Address value={intent.solver} what="solver" />
        </Fact>
        {intent.deadlines.map((deadline) => (
          <Fact key={`${deadline.kind} ${deadline.atMs}`} name={wordsOfName(deadline.kind)}>
            <span title={deadlineWords(deadline.kind)}>
              <Countdown atMs={deadline.atMs} />
            </span>
          </Fact>
        ))}
        {intent.transactions.map(({ label, chainId, hash }) => (
          <Fact key={`${label} ${hash}`} name={wordsOfName(label)}>
            <span title={`Transaction on ${chainWords(chainId, vocabulary)}`}>
              <ShortId value={hash} what="transaction hash" />
            </span>
          </Fact>
        ))}
      </dl>
      <MoreFacts intent={intent} />
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function countOf(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`
}

function MoreFacts({ intent }: { intent: IntentDetail }) {
  const details = Object.entries(intent.details)
  return (
    <details className="more-facts">
      <summary>
        More: when created, {countOf(intent.mentions.length, 'related id')},{' '}
        {countOf(details.length, 'detail')}
      </summary>
      <dl className="facts">
        <Fact name="Created">
          <Instant atMs={intent.createdAtMs} />
        </Fact>
        {intent.proofStatus !== null && (
          <Fact name="Proof">
            <code>{intent.proofStatus}</code>
          </Fact>
        )}
        {intent.mentions.map(({ kind, value }) => (
          <Fact key={`${kind} ${value}`} name={wordsOfName(kind)}>
            <Link
              to="/intents"
              search={{ query: value }}
              title={`Every intent that names ${value}`}
              className="mono"
            >
              {shortenId(value)}
            </Link>
          </Fact>
        ))}
        {details.map(([label, text]) => (
          <Fact key={label} name={wordsOfName(label)}>
            <code>{text}</code>
          </Fact>
        ))}
      </dl>
    </details>
  )
}
