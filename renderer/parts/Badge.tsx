import type { ReactNode } from 'react'
import type { Tone } from './tone.ts'

/** A small label on a tinted ground; `title` explains it on hover. */
export function Badge({
  tone = 'plain',
  title,
  children,
}: {
  tone?: Tone
  title?: string
  children: ReactNode
}) {
  return (
    <span className="badge" data-tone={tone} title={title}>
      {children}
    </span>
  )
}
