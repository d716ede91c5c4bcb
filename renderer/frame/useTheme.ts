import { useLayoutEffect } from 'react'
import type { Settings } from '../../shared/api/settings.ts'

/** Puts the chosen theme on the page; `system` leaves it to the desktop. */
export function useTheme(theme: Settings['theme']): void {
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])
}
