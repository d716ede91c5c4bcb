import type { Gate } from '../../shared/api/action.ts'
import { Told } from './Told.tsx'

/** Says why no command that sends anything is open, and what to do about it; `id` is what such commands are described by. */
export function GateNote({ id, gate: { why, tip } }: { id: string; gate: Gate }) {
  return (
    <p id={id} className="gate-note" data-tone="waiting">
      <span aria-hidden="true">▣ </span>
      <strong>Nothing is sent from here.</strong> <Told text={`${why} ${tip}`} />
    </p>
  )
}
