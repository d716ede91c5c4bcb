import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserWindowConstructorOptions } from 'electron'
import { runPreload } from './builtPreload.ts'
import { StubFrame, StubSession, StubWindow, type StubContents } from './electronStub.ts'
import type { OpenShell } from './openShell.ts'

/** What a reviewer of an Electron program looks at. */
export interface Posture {
  window: StubWindow
  contents: StubContents
  session: StubSession
  /** What was said before Electron was ready. */
  before: string[]
  /** Rights of the schemes that were registered. */
  schemes: Record<string, unknown>[]
  /** Asks for a port as somebody else; answers whether one was handed out. */
  isStrangerServed: () => boolean
  /** What the preload exposes. */
  exposed: Record<string, unknown>
  /** Text of every file that may name Electron. */
  sources: string
  manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> }
}

const ROOT = join(import.meta.dirname, '../..')

/** The posture of the console: its shell on the stub, its built preload, its sources and its package. */
export function ourPosture(shell: OpenShell, preload: string): Posture {
  const { window, contents, session, stage } = shell
  const folder = join(ROOT, 'electron')
  const files = [
    'main.ts',
    'preload.ts',
    ...readdirSync(join(folder, 'shell')).map((name) => `shell/${name}`),
  ]
  return {
    window,
    contents,
    session,
    before: stage.before,
    schemes: stage.schemes.map(({ privileges }) => ({ ...privileges })),
    isStrangerServed: () => {
      const frame = new StubFrame('https://evil.test/', 5)
      shell.ask({ senderFrame: frame })
      return contents.mainFrame.handed.length + frame.handed.length > 0
    },
    exposed: runPreload(preload).exposed,
    sources: files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n'),
    manifest: JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Posture['manifest'],
  }
}

/** A program that does every point of the list wrong: the control of the whole table. */
export function carelessPosture(): Posture {
  const options: BrowserWindowConstructorOptions = {
    webPreferences: {
      nodeIntegration: true,
      contextIsolation: false,
      sandbox: false,
      webSecurity: false,
      allowRunningInsecureContent: true,
      experimentalFeatures: true,
      enableBlinkFeatures: 'ExecCommandInJavaScript',
      webviewTag: true,
    },
  }
  const window = new StubWindow(options)
  void window.loadURL('file:///usr/share/console/index.html')
  return {
    window,
    contents: window.webContents,
    session: new StubSession('persist:careless'),
    before: [],
    schemes: [{ bypassCSP: true, allowServiceWorkers: true }],
    isStrangerServed: () => true,
    exposed: { electron: { ipcRenderer: { on: () => undefined } } },
    sources:
      "ipcMain.on('open', (_event, url) => shell.openExternal(url))\ncrashReporter.start({ submitURL })",
    manifest: {
      dependencies: { electron: '^12.0.0' },
      devDependencies: { 'electron-builder': '26.0.0' },
    },
  }
}
