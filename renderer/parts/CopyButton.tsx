import { Check, Copy } from 'lucide-react'
import { useCopy } from './useCopy.ts'

const OUTCOMES = { copied: 'Copied', refused: 'The browser did not allow copying' }

/** Copies `text`; `what` names it for people who cannot see the button (`Copy intent id`). */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const { outcome, copy } = useCopy(text)
  const label = outcome === null ? what : OUTCOMES[outcome]
  return (
    <button type="button" className="copy-button" aria-label={label} title={label} onClick={copy}>
      {outcome === 'copied' ? <Check size={12} aria-hidden="true" /> : <Copy size={12} aria-hidden="true" />}
    </button>
  )
}
