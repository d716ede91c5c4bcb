import type { AnyRouter } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { isCallFrame } from './frames.ts'

/** One reader's two-way stream of texts, whatever carries it. */
export interface Wire {
  send: (text: string) => void
  onMessage: (callback: (message: unknown) => void) => void
  onClose: (callback: () => void) => void
  /** The other end does not speak the protocol: ends the stream. */
  refuse: () => void
}

/** Serves a router to readers over wires; a call under way is aborted when its wire closes. */
export type Carrier = (wire: Wire) => void

/** Makes the one carrier that sockets and ports share, so that both behave alike to the letter. */
export function createCarrier(router: AnyRouter): Carrier {
  const handler = new RPCHandler(router)
  return (wire) => {
    handler.upgrade({
      postMessage: wire.send,
      on: (event, callback) => {
        if (event === 'close') {
          wire.onClose(() => {
            callback()
          })
          return
        }
        wire.onMessage((message) => {
          if (isCallFrame(message)) callback({ data: message })
          else wire.refuse()
        })
      },
    })
  }
}
