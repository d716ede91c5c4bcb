import { contextBridge, ipcRenderer } from 'electron'
import { CHANNELS, HOST_BRIDGE, PORT_MESSAGE, type HostBridge } from '../shared/api/bridge.ts'

/** The page's window, as far as the preload uses it. */
declare const window: {
  postMessage: (message: string, targetOrigin: string, ports: readonly unknown[]) => void
}

// The bridge cannot carry a port, a message of the window can; `/` is the page's own origin and no other.
ipcRenderer.on(CHANNELS.port, (event) => {
  window.postMessage(PORT_MESSAGE, '/', event.ports)
})

const bridge: HostBridge = {
  requestPort: () => {
    ipcRenderer.send(CHANNELS.port)
  },
  onMenu: (callback) => {
    // The event itself stays here: it would hand the page a way to every channel.
    const listener = (_event: unknown, wish: unknown): void => {
      callback(String(wish))
    }
    ipcRenderer.on(CHANNELS.menu, listener)
    return () => {
      ipcRenderer.off(CHANNELS.menu, listener)
    }
  },
}

contextBridge.exposeInMainWorld(HOST_BRIDGE, bridge)
