import { useEffect } from 'react'
import { isTyping } from './isTyping.ts'

/** Marks what j, k and the arrows walk through; it must be able to take the focus. */
export const ROW = { 'data-row': '' }

/**
 * Keys of a screen of lists: j and k walk its rows from wherever the focus is, the arrows once a row has it. Enter is the
 * row's own, since a row is a link or a button.
 */
export function useRowKeys(): void {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest('[role="dialog"]') !== null) return
      const step = stepOf(event)
      if (step === null) return
      const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')]
      const at = rows.findIndex((row) => row === document.activeElement)
      const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)]
      if (next === undefined) return
      event.preventDefault()
      next.focus()
    }
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener('keydown', press)
    }
  }, [])
}

function stepOf({ key, target }: KeyboardEvent): 1 | -1 | null {
  if (key === 'j') return 1
  if (key === 'k') return -1
  const isOnRow = target instanceof Element && target.matches('[data-row]')
  if (key === 'ArrowDown' && isOnRow) return 1
  return key === 'ArrowUp' && isOnRow ? -1 : null
}
