import { useState } from 'react'
import type { IntentDetail } from '../../../shared/api/row.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { Button } from '../../parts/Button.tsx'
import { useClock } from '../../parts/clock.ts'
import { useSystemLabel } from '../../replica/status.ts'
import { ticketPacket } from './ticketPacket.ts'

/** Puts all that a ticket needs on the clipboard; where the browser refuses, shows it to be copied by hand. */
export function CopyTicket({ intent, vocabulary }: { intent: IntentDetail; vocabulary: Vocabulary }) {
  const clock = useClock()
  const systemLabel = useSystemLabel(intent.system)
  const [outcome, setOutcome] = useState<{ isCopied: boolean; text: string } | null>(null)

  function copy() {
    const text = ticketPacket({ intent, vocabulary, systemLabel, nowMs: clock.read() })
    navigator.clipboard.writeText(text).then(
      () => {
        setOutcome({ isCopied: true, text })
      },
      () => {
        setOutcome({ isCopied: false, text })
      },
    )
  }

  return (
    <>
      <Button look="main" onClick={copy}>
        Copy for a ticket
      </Button>
      {outcome?.isCopied === true && (
        <span role="status" className="muted">
          Copied, {outcome.text.split('\n').length} lines
        </span>
      )}
      {outcome?.isCopied === false && (
        <label className="ticket-by-hand">
          The browser did not allow copying. Select the text and copy it:
          <textarea
            readOnly
            value={outcome.text}
            rows={8}
            onFocus={(event) => {
              event.target.select()
            }}
          />
        </label>
      )}
    </>
  )
}
