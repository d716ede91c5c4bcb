import type { BrowserWindow, BrowserWindowConstructorOptions, Session, WebPreferences } from 'electron'
import { LEAST_SIZE, type Opening, type Place } from './bounds.ts'
import type { ElectronParts } from './electron.ts'
import { APP_URL } from './origin.ts'

/** Least time between two reloads of a page that broke, milliseconds: one that breaks at once would never stop. */
const RELOAD_NOT_BEFORE_MS = 10_000

/** What the window's page may be and do. Said in full, whatever Electron's defaults are: this is what tests read. */
export function webPreferences(site: {
  preload: string
  session: Session
  hasDevTools: boolean
}): WebPreferences {
  return {
    preload: site.preload,
    session: site.session,
    devTools: site.hasDevTools,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    plugins: false,
    // The dictionary would be fetched from elsewhere, and identifiers are no words.
    spellcheck: false,
  }
}

/** The window as Electron wants it. It is shown once the page has been painted. */
function windowOptions(opening: Opening, preferences: WebPreferences): BrowserWindowConstructorOptions {
  const { isMaximized: _isMaximized, ...bounds } = opening
  return {
    ...bounds,
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    show: false,
    title: 'Intent Console',
    webPreferences: preferences,
  }
}

/** What a window needs of its shell. */
export interface WindowSite {
  BrowserWindow: ElectronParts['BrowserWindow']
  opening: Opening
  preferences: WebPreferences
  nowMs: () => number
  /** The page's process ended by itself; the sentence says what happens now. */
  onBroken: (sentence: string) => void
  /** A person closes the window. */
  onClosing: (window: BrowserWindow) => void
}

/** Makes the window, empty. `showPage` fills it once everything that guards it is in place. */
export function makeWindow(site: WindowSite): BrowserWindow {
  const window = new site.BrowserWindow(windowOptions(site.opening, site.preferences))
  if (site.opening.isMaximized) window.maximize()
  window.once('ready-to-show', () => {
    window.show()
  })
  window.on('close', () => {
    site.onClosing(window)
  })
  reloadWhenBroken(window, site)
  return window
}

/** Loads the page. Fails with Electron's own error when it cannot be loaded. */
export async function showPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(APP_URL)
}

/** Where the window is, and would be if it were not maximised. */
export function placeOf(window: BrowserWindow): Place {
  const { x, y, width, height } = window.getNormalBounds()
  return { x, y, width, height, isMaximized: window.isMaximized() }
}

/** Brings the window before whatever is in front of it. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function reloadWhenBroken(window: BrowserWindow, { nowMs, onBroken }: WindowSite): void {
  let reloadedAtMs = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    if (Math.abs(nowMs() - reloadedAtMs) < RELOAD_NOT_BEFORE_MS) {
      onBroken(`The page broke again (${reason}) and stays so; watching goes on. Use View, Reload.`)
      return
    }
    reloadedAtMs = nowMs()
    onBroken(`The page broke (${reason}) and is loaded again; watching went on meanwhile.`)
    window.webContents.reload()
  })
}
