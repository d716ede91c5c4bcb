import type { Phase } from '../../shared/intent/phase.ts'
import { phaseShape, phaseTone, phaseWord } from './tone.ts'

/** A phase as shape and word. */
export function PhaseMark({ phase }: { phase: Phase }) {
  return (
    <span className="mark" data-tone={phaseTone(phase)}>
      <span aria-hidden="true" className="mark-shape">
        {phaseShape(phase)}
      </span>
      {phaseWord(phase)}
    </span>
  )
}
