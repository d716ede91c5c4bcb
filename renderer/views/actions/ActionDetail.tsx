import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ActionRecord } from '../../../shared/api/action.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Advice } from '../../parts/Advice.tsx'
import { Countdown } from '../../parts/Ago.tsx'
import { Button } from '../../parts/Button.tsx'
import { Instant } from '../../parts/Instant.tsx'
import { JsonText } from '../../parts/JsonText.tsx'
import { Mark } from '../../parts/Mark.tsx'
import { RequestText } from '../../parts/RequestText.tsx'
import { ShortId } from '../../parts/ShortId.tsx'
import { Told } from '../../parts/Told.tsx'
import { adviceOf } from './adviceOf.ts'
import { outcomeOf } from './actionWords.ts'
import { ResolveDialog } from './ResolveDialog.tsx'
import { Steps } from './Steps.tsx'

/** One action opened: where it stands, what was sent on what ground, the answer, and every step of the audit log. */
export function ActionDetail({ action, onClose }: { action: ActionRecord; onClose: () => void }) {
  const { words, why, state, request, response, steps } = action
  const [isResolving, setResolving] = useState(false)
  const box = useRef<HTMLElement>(null)
  const outcome = outcomeOf(action)
  const advice = adviceOf(steps)
  return (
    <section ref={box} tabIndex={-1} aria-label="Action" className="action-detail">
      <header className="action-head">
        <h2>{words}</h2>
        <Button look="quiet" aria-label="Close the action" title="Close (Esc)" onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </header>
      <div className="action-outcome" data-tone={outcome.tone}>
        <p>
          <Mark tone={outcome.tone}>
            <strong>{outcome.words}.</strong>
          </Mark>{' '}
          <Told text={why} /> <NextReading action={action} />
        </p>
        {advice !== null && <Advice text={advice} />}
      </div>
      {state === 'unknown' && (
        <p>
          <Button
            onClick={() => {
              setResolving(true)
            }}
          >
            Settle it
          </Button>
        </p>
      )}
      <Facts action={action} />
      <h3>Steps in the audit log</h3>
      <Steps steps={steps} words="Steps" />
      <h3>What was sent</h3>
      <RequestText request={request} />
      {response !== null && response !== undefined && (
        <JsonText title="Answer" text={typeof response === 'string' ? response : JSON.stringify(response)} />
      )}
      {isResolving && (
        <ResolveDialog
          action={action}
          shownIn={box}
          onClose={() => {
            setResolving(false)
          }}
        />
      )}
    </section>
  )
}

function NextReading({ action: { readCount, nextReadAtMs } }: { action: ActionRecord }) {
  if (readCount === 0 && nextReadAtMs === null) return null
  return (
    <>
      Read {readCount === 1 ? 'once' : `${readCount.toLocaleString('en')} times`} to find out
      {nextReadAtMs !== null && (
        <>
          , next <Countdown atMs={nextReadAtMs} />
        </>
      )}
      .
    </>
  )
}

function Facts({ action }: { action: ActionRecord }) {
  const { intent, subject, who, host, reason, openedAtMs, hash, acknowledged, approval, facts } = action
  return (
    <dl className="action-facts">
      <dt>About</dt>
      <dd>
        <ShortId value={subject} what="the id" />{' '}
        {intent !== null && (
          <Link to="/intents/$id" params={{ id: intent }}>
            Open the intent
          </Link>
        )}
      </dd>
      <dt>Who, when</dt>
      <dd>
        {who} ({host}), <Instant atMs={openedAtMs} />
      </dd>
      <dt>Reason</dt>
      <dd>{reason === '' ? <span className="muted">none</span> : reason}</dd>
      {acknowledged.length > 0 && (
        <>
          <dt>Acknowledged</dt>
          <dd>{acknowledged.join(', ')}</dd>
        </>
      )}
      {approval !== null && (
        <>
          <dt>Approved</dt>
          <dd>
            by {approval.name}
            {approval.isSamePerson &&
              ', with an identity of this computer: only a second confirmation by the same person'}
          </dd>
        </>
      )}
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{wordsOfName(name)}</dt>
          <dd>
            <ShortId value={value} what={wordsOfName(name).toLowerCase()} />
          </dd>
        </div>
      ))}
      <dt>Hash of the command</dt>
      <dd>
        <ShortId value={hash} what="the hash" />
      </dd>
    </dl>
  )
}
