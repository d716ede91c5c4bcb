import { HOST_BRIDGE, type HostBridge } from '../../shared/api/bridge.ts'

declare global {
  interface Window {
    [HOST_BRIDGE]?: HostBridge
  }
}

/** The bridge of the desktop window that this page is in; null in a browser. */
export function hostBridge(): HostBridge | null {
  return window[HOST_BRIDGE] ?? null
}
