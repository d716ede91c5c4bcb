import type { ReactNode } from 'react'
import { SHAPES, type Tone } from './tone.ts'

/** Words with the shape and colour of a meaning. */
export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="mark" data-tone={tone}>
      <span aria-hidden="true" className="mark-shape">
        {SHAPES[tone]}
      </span>
      {children}
    </span>
  )
}
