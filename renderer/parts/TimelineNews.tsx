import { useEffect, useRef, useState } from 'react'
import type { TimelineEntry } from '../../shared/api/row.ts'
import { entryTitle } from '../../shared/intent/explain.ts'
import type { Vocabulary } from '../../shared/intent/vocabulary.ts'

/** A screen reader is told at most so often, so that a busy intent does not talk over its reader. */
const SAY_EVERY_MS = 5_000

/** Says new entries to a screen reader, several at once when they come fast. Draws nothing. */
export function TimelineNews(props: { entries: readonly TimelineEntry[]; vocabulary: Vocabulary }) {
  const { entries, vocabulary } = props
  const saidCount = useRef(entries.length)
  const saidAtMs = useRef(0)
  const [sentence, setSentence] = useState('')

  useEffect(() => {
    const newCount = entries.length - saidCount.current
    const last = entries.at(-1)
    if (newCount <= 0 || last === undefined) return
    const say = () => {
      saidCount.current = entries.length
      saidAtMs.current = performance.now()
      const title = entryTitle(last, vocabulary)
      setSentence(newCount === 1 ? `New: ${title}` : `${newCount} new entries; the last: ${title}`)
    }
    const timer = setTimeout(say, Math.max(0, saidAtMs.current + SAY_EVERY_MS - performance.now()))
    return () => {
      clearTimeout(timer)
    }
  }, [entries, vocabulary])

  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {sentence}
    </p>
  )
}
