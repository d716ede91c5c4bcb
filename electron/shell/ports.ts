import type { IpcMainEvent, MessagePortMain, WebContents } from 'electron'
import type { AnyRouter } from '@orpc/server'
import { CHANNELS } from '../../shared/api/bridge.ts'
import { serveMessagePort, type Port } from '../host/messagePort.ts'
import type { ElectronParts } from './electron.ts'
import { isOurFrame } from './sender.ts'

/** Whom ports are handed to, and what is served over them. */
export interface PortDesk {
  electron: Pick<ElectronParts, 'ipcMain' | 'MessageChannelMain'>
  contents: WebContents
  router: AnyRouter
  /** Told one sentence for every asker that was turned away, and for every call that failed unforeseen. */
  onRefused: (sentence: string) => void
}

/** Ports of the page to its engine. */
export interface Ports {
  /** Serves another router from now on; a page that had a port is handed the next one at once. */
  use: (router: AnyRouter) => void
  close: () => void
}

/** Hands a port to whoever asks from our frame; the port before it is closed, since a page has one. */
export function handPorts({ electron, contents, router, onRefused }: PortDesk): Ports {
  const { ipcMain, MessageChannelMain } = electron
  let served = router
  let open: { close: () => void } | null = null

  function hangUp(): void {
    open?.close()
    open = null
  }
  function hand(event: IpcMainEvent): void {
    if (!isOurFrame(event, contents)) {
      onRefused('Somebody else asked for a way to the engine and got none.')
      return
    }
    give()
  }
  function give(): void {
    hangUp()
    const { port1, port2 } = new MessageChannelMain()
    open = serveMessagePort({ router: served, port: plainPort(port1), onDefect: onRefused })
    port1.start()
    contents.mainFrame.postMessage(CHANNELS.port, null, [port2])
  }

  ipcMain.on(CHANNELS.port, hand)
  return {
    use: (next) => {
      served = next
      if (open !== null) give()
    },
    close: () => {
      ipcMain.off(CHANNELS.port, hand)
      hangUp()
    },
  }
}

/** An Electron port with the manners of a thread's port: data instead of events, and told of its end by either side. */
function plainPort(port: MessagePortMain): Port {
  const onClose: (() => void)[] = []
  let isClosed = false
  function closed(): void {
    if (isClosed) return
    isClosed = true
    for (const callback of onClose) callback()
  }
  function on(event: 'message', callback: (message: unknown) => void): void
  function on(event: 'close', callback: () => void): void
  function on(event: 'message' | 'close', callback: (message?: unknown) => void): void {
    if (event === 'close') onClose.push(callback)
    else
      port.on('message', ({ data }) => {
        callback(data)
      })
  }

  port.on('close', closed)
  return {
    postMessage: (text) => {
      if (!isClosed) port.postMessage(text)
    },
    on,
    close: () => {
      port.close()
      closed()
    },
  }
}
