import { Link } from '@tanstack/react-router'
import { Maximize2, X } from 'lucide-react'
import type { IntentDetail } from '../../../shared/api/row.ts'
import { explain } from '../../../shared/intent/explain.ts'
import { stageStrip } from '../../../shared/intent/stages.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { Button } from '../../parts/Button.tsx'
import { StageStrip } from '../../parts/StageStrip.tsx'
import { useTick } from '../../parts/clock.ts'
import { Contradictions } from './Contradictions.tsx'
import { Ends } from './Ends.tsx'
import { ExplanationBox } from './ExplanationBox.tsx'
import { Names } from './Names.tsx'

/** The first part: where the money is, who acts next, by when, and what disagrees. */
export function WhatIsGoingOn(props: {
  askedId: string
  intent: IntentDetail
  vocabulary: Vocabulary
  onClose: () => void
}) {
  const { askedId, intent, vocabulary, onClose } = props
  const nowMs = useTick()
  const explanation = explain(intent, vocabulary, nowMs)
  const stages = stageStrip({ ...intent, phaseSinceMs: intent.row.phaseSinceMs }, vocabulary, nowMs)
  const isOverdue = intent.row.overdueAtMs !== null && intent.row.overdueAtMs <= nowMs
  return (
    <>
      <header className="intent-head">
        <h2>{explanation.headline}</h2>
        <Link
          to="/intents/$id"
          params={{ id: intent.id }}
          className="intent-widen button"
          data-look="quiet"
          aria-label="Open on a page of its own"
          title="Open on a page of its own"
        >
          <Maximize2 size={14} aria-hidden="true" />
        </Link>
        <Button look="quiet" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </header>
      <Names askedId={askedId} intent={intent} />
      <ExplanationBox explanation={explanation} isOver={intent.isTerminal} />
      <StageStrip stages={stages} isOverdue={isOverdue} />
      <Contradictions contradictions={intent.contradictions} />
      <Ends intent={intent} vocabulary={vocabulary} />
    </>
  )
}
