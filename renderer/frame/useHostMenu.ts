import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { MENU_WISHES } from '../../shared/api/bridge.ts'
import { hostBridge } from '../host/bridge.ts'
import { leadToFind } from './leadToFind.ts'

/** Does what the menu of the desktop window asks of the page; in a browser there is none. */
export function useHostMenu({ onHelp }: { onHelp: () => void }): void {
  const router = useRouter()
  useEffect(
    () =>
      hostBridge()?.onMenu((wish) => {
        if (wish === MENU_WISHES.find) leadToFind()
        else if (wish === MENU_WISHES.keys) onHelp()
        else router.history.push(wish)
      }),
    [onHelp, router],
  )
}
