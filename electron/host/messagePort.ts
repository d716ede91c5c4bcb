import type { MessagePort } from 'node:worker_threads'
import type { AnyRouter } from '@orpc/server'
import { createCarrier } from './carrier.ts'

/** Serves a router over one end of a message channel until either end closes. */
export function serveMessagePort(options: { router: AnyRouter; port: MessagePort }): { close: () => void } {
  const { router, port } = options
  createCarrier(router)({
    send: (text) => {
      port.postMessage(text)
    },
    onMessage: (callback) => {
      port.on('message', callback)
    },
    onClose: (callback) => {
      port.on('close', callback)
    },
    refuse: () => {
      port.close()
    },
  })
  return {
    close: () => {
      port.close()
    },
  }
}
