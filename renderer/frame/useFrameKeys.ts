import { useEffect } from 'react'
import { isTyping } from './isTyping.ts'

/** The id of the Find box, for the keys that lead to it. */
export const FIND_BOX_ID = 'find'

/** Keys that work on every screen: `/` and Ctrl+K lead to Find, `?` shows the cheat sheet. */
export function useFrameKeys({ onHelp }: { onHelp: () => void }): void {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const isFindChord = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
      if (!isFindChord && (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey)) return
      if (isFindChord || event.key === '/') {
        event.preventDefault()
        const box = document.getElementById(FIND_BOX_ID)
        if (box instanceof HTMLInputElement) box.select()
        box?.focus()
      }
      if (event.key === '?') {
        event.preventDefault()
        onHelp()
      }
    }
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener('keydown', press)
    }
  }, [onHelp])
}
