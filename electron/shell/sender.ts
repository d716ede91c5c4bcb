import type { IpcMainEvent, WebContents } from 'electron'
import { isOurUrl } from './origin.ts'

/** What of a message is judged; Electron's own event has it all. */
export type Sending = Pick<IpcMainEvent, 'sender' | 'senderFrame'>

/**
 * Whether a message comes from the top frame of our window, showing our page. Anything else is a no: a frame that is gone
 * (null, or every look at it throws), a frame inside, another window, another address. Never throws.
 */
export function isOurFrame(event: Sending, contents: WebContents): boolean {
  try {
    const frame = event.senderFrame
    if (frame === null || event.sender !== contents) return false
    // Compared by what identifies a frame: two looks at one frame need not give the same object.
    const top = contents.mainFrame
    const isTop = frame.processId === top.processId && frame.routingId === top.routingId
    return isTop && frame.parent === null && isOurUrl(frame.url)
  } catch {
    return false
  }
}
