import { useEffect } from 'react'
import { isTyping } from './isTyping.ts'
import { leadToFind } from './leadToFind.ts'

/** Keys that work on every screen: `/` and Ctrl+K lead to Find, `?` shows the cheat sheet. */
export function useFrameKeys({ onHelp }: { onHelp: () => void }): void {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const isFindChord = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
      if (!isFindChord && (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey)) return
      if (isFindChord || event.key === '/') {
        event.preventDefault()
        leadToFind()
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
