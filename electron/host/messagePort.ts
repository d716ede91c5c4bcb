import type { AnyRouter } from '@orpc/server'
import { createCarrier } from './carrier.ts'

/** One end of a message channel, as Node's threads have it; the desktop's ports are made to look the same. */
export interface Port {
  postMessage: (text: string) => void
  on: ((event: 'message', callback: (message: unknown) => void) => unknown) &
    ((event: 'close', callback: () => void) => unknown)
  close: () => void
}

/** What is served over one end of a channel. */
export interface PortService {
  router: AnyRouter
  port: Port
  /** Told one sentence for every call that failed unforeseen. */
  onDefect?: (sentence: string) => void
}

/** Serves a router over one end of a message channel until either end closes. */
export function serveMessagePort(service: PortService): { close: () => void } {
  const { router, port, ...options } = service
  createCarrier(
    router,
    options,
  )({
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
