import type { Presence } from '../../shared/api/presence.ts'
import { Mark } from './Mark.tsx'
import { presenceTone, presenceWord } from './tone.ts'

/** How well a connection is heard, as shape and word, with the reason on hover. */
export function PresenceMark({ presence }: { presence: Presence }) {
  return (
    <span title={[presence.reason, presence.tip].filter((sentence) => sentence !== '').join(' ')}>
      <Mark tone={presenceTone(presence.state)}>{presenceWord(presence.state)}</Mark>
    </span>
  )
}
