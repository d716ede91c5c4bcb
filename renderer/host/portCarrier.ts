import { RPCLink } from '@orpc/client/message-port'
import { PORT_MESSAGE, type HostBridge } from '../../shared/api/bridge.ts'
import { Failure } from '../../shared/api/failure.ts'
import type { Carrier } from './carrier.ts'

/** How long a port is waited for, milliseconds: it comes from this machine's next process, which may be starting. */
const PORT_WITHIN_MS = 5_000

/** Opens the way to the engine of the desktop window. Fails with `closed` when no port comes. */
export async function openPortCarrier(bridge: HostBridge): Promise<Carrier> {
  const port = await nextPort(bridge)
  const ending = new AbortController()
  const { signal } = ending
  const end = (): void => {
    port.close()
    ending.abort()
  }
  // Closing is told by an event that only Electron's ports have, and by the next port, which takes this one's place.
  port.addEventListener('close', end, { signal })
  onPort(end, signal)
  const link = new RPCLink({
    port: {
      postMessage: (text: unknown) => {
        port.postMessage(text)
      },
      onMessage: {
        addListener: (callback) => {
          port.addEventListener('message', ({ data }) => {
            callback(data)
          })
        },
      },
      onDisconnect: {
        addListener: (callback) => {
          signal.addEventListener('abort', callback)
        },
      },
    },
  })
  port.start()
  return { link, whenClosed: whenAborted(signal), close: end }
}

function nextPort(bridge: HostBridge): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const waiting = new AbortController()
    const late = setTimeout(() => {
      waiting.abort()
      reject(
        new Failure('closed', 'The console does not answer its window.', {
          tip: 'It is tried again; if it stays so, quit the console and start it again.',
          isRetryable: true,
        }),
      )
    }, PORT_WITHIN_MS)
    onPort((port) => {
      clearTimeout(late)
      waiting.abort()
      resolve(port)
    }, waiting.signal)
    bridge.requestPort()
  })
}

/** Calls back with each port that the window's own preload hands over. */
function onPort(callback: (port: MessagePort) => void, signal: AbortSignal): void {
  window.addEventListener(
    'message',
    ({ source, data, ports: [port] }) => {
      // Only the window itself, which is its preload, says this; a frame or an opener would be another source.
      if (source === window && data === PORT_MESSAGE && port !== undefined) callback(port)
    },
    { signal },
  )
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve()
    })
  })
}
