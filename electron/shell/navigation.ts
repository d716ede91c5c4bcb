import type { WebContents } from 'electron'
import { isOurUrl } from './origin.ts'

/** What a web page can do to leave, in the events that Electron asks before. */
const LEAVING = ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const

/**
 * Keeps contents where they are: no address but ours, no popup, no `<webview>`, no frame of its own. Whatever was tried is
 * told in one sentence that repeats nothing of the address.
 */
export function guardContents(contents: WebContents, onRefused: (sentence: string) => void): void {
  for (const name of LEAVING) {
    // The three events share what is used here; their overloads cannot be named at once.
    contents.on(name as 'will-frame-navigate', (event) => {
      if (event.isMainFrame && isOurUrl(event.url)) return
      event.preventDefault()
      onRefused('The page was kept from leaving.')
    })
  }
  contents.setWindowOpenHandler(() => {
    onRefused('The page was refused another window.')
    return { action: 'deny' }
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    onRefused('The page was refused a page inside.')
  })
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault()
    answer('')
  })
}
