import { useEffect, useState } from 'react'

/** How long it is shown that it worked: long enough to be seen, gone before the next use. */
const SHOWN_MS = 1_500

/** Puts `text` on the clipboard; `outcome` says for a moment whether the browser did it. */
export function useCopy(text: string): { outcome: 'copied' | 'refused' | null; copy: () => void } {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => {
      setOutcome(null)
    }, SHOWN_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [outcome])

  function copy() {
    navigator.clipboard.writeText(text).then(
      () => {
        setOutcome('copied')
      },
      () => {
        setOutcome('refused')
      },
    )
  }

  return { outcome, copy }
}
