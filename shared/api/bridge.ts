/**
 * What the preload of the desktop window gives to its page, as `window[HOST_BRIDGE]`. It knows how to reach the main
 * process and nothing of what is said there.
 */
export interface HostBridge {
  /**
   * Asks for a way to the engine. It arrives as a `message` event of the window itself, with `PORT_MESSAGE` as its data and
   * one port. A port that comes unasked takes the place of the one before, which leads nowhere any more.
   */
  requestPort: () => void
  /** Calls back with each thing that the menu asks of the page; answers the way to stop. */
  onMenu: (callback: (wish: string) => void) => () => void
}

/** Where the bridge stands on the page's global. */
export const HOST_BRIDGE = 'intentConsole'

/** What comes with a port, from the preload to its page. */
export const PORT_MESSAGE = 'intent-console.port'

/** The two channels between preload and main process. */
export const CHANNELS = { port: 'port', menu: 'menu' } as const

/** Things besides places (`/intents`) that the menu can ask of the page. */
export const MENU_WISHES = { find: 'find', keys: 'keys' } as const
