import type { StageOfStrip } from '../../shared/intent/stages.ts'
import { formatDuration } from '../../shared/intent/time.ts'
import { Since } from './Ago.tsx'
import { SHAPES } from './tone.ts'
import './stage-strip.css'

const STATES: Record<StageOfStrip['state'], { shape: string; word: string }> = {
  done: { shape: SHAPES.done, word: 'done' },
  current: { shape: SHAPES.moving, word: 'now' },
  next: { shape: SHAPES.open, word: 'not yet' },
  failed: { shape: SHAPES.failed, word: 'failed' },
  skipped: { shape: '–', word: 'not seen' },
}

/** The ordinary way of an intent, first to last: what is done, where it stands, what is to come. */
export function StageStrip({ stages, isOverdue }: { stages: readonly StageOfStrip[]; isOverdue: boolean }) {
  return (
    <ol role="list" aria-label="Stages" className="stage-strip">
      {stages.map((stage) => {
        const isLate = stage.state === 'current' && isOverdue
        const { shape, word } = STATES[stage.state]
        return (
          <li
            key={stage.label}
            className={`stage is-${stage.state} ${isLate ? 'is-overdue' : ''}`}
            aria-current={stage.state === 'current' ? 'step' : undefined}
          >
            <span className="stage-label" title={stage.label}>
              {stage.label}
            </span>
            <span className="visually-hidden">, {isLate ? 'now, overdue' : word}</span>
            <span className="stage-time">
              <span aria-hidden="true">{isLate ? SHAPES.waiting : shape}</span> <StageTime stage={stage} />
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function StageTime({ stage }: { stage: StageOfStrip }) {
  if (stage.state === 'current' && stage.enteredAtMs !== null) return <Since sinceMs={stage.enteredAtMs} />
  if (stage.tookMs !== null) return formatDuration(stage.tookMs)
  return stage.state === 'skipped' ? 'not seen' : ''
}
