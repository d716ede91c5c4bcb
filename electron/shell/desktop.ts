import type { BrowserWindow, Rectangle, WebPreferences } from 'electron'
import { join } from 'node:path'
import { Failure } from '../../shared/api/failure.ts'
import { CHANNELS } from '../../shared/api/bridge.ts'
import { createDataDir } from '../cli/dataDir.ts'
import type { Face, FaceKind, FaceSite } from '../cli/face.ts'
import { backgroundOf } from '../engine/logger.ts'
import { APP_SCHEME_RIGHTS, appHandler } from './appProtocol.ts'
import { keepPlace, readPlace, type Place } from './bounds.ts'
import type { ElectronParts } from './electron.ts'
import { menuTemplate } from './menu.ts'
import { guardContents } from './navigation.ts'
import { APP_SCHEME } from './origin.ts'
import { guardSession } from './permissions.ts'
import { handPorts } from './ports.ts'
import { followPower } from './power.ts'
import { bringForward, makeWindow, placeOf, showPage, webPreferences } from './window.ts'

/** Name of the page's session. Without `persist:` before it, so nothing of the page is ever written to the disk. */
const PARTITION = 'console'

/** The desktop window as a face. Made before Electron is ready, which is when its scheme must be named. */
export function desktopFace(electron: ElectronParts): FaceKind {
  electron.protocol.registerSchemesAsPrivileged([APP_SCHEME_RIGHTS])
  electron.app.enableSandbox()
  return {
    host: 'desktop',
    claim: (folder) => {
      claim(electron.app, folder)
    },
    open: async (site) => {
      await electron.app.whenReady()
      return openDesktop(electron, site)
    },
  }
}

/** Puts what Chromium keeps beside everything else of the console, and takes the folder's one window. */
function claim(app: ElectronParts['app'], folder: string): void {
  const chromium = join(folder, 'chromium')
  createDataDir(chromium)
  app.setPath('userData', chromium)
  if (app.requestSingleInstanceLock()) return
  throw new Failure('held', `A console is open on ${folder} already; its window was brought to the front.`, {
    tip: 'Choose another folder with --data to watch something else beside it.',
  })
}

async function openDesktop(electron: ElectronParts, site: FaceSite): Promise<Face> {
  const { app, powerMonitor } = electron
  const { router, folder, logger, tell, stop } = site
  const warn = warnOf(site)
  let place: Place | null = null
  const window = makeWindow({
    BrowserWindow: electron.BrowserWindow,
    opening: await readPlace(folder, displaysOf(electron)),
    preferences: preferencesOf(electron, site),
    nowMs: site.clock.nowMs,
    onBroken: warn,
    onClosing: (closing) => {
      place = placeOf(closing)
    },
  })
  const ports = handPorts({ electron, contents: window.webContents, router, onRefused: warn })
  setMenu(electron, window)
  const forgetPower = followPower(powerMonitor, { tell, stop, inBackground: backgroundOf(logger) })
  stopWith(app, stop)
  app.on('second-instance', () => {
    bringForward(window)
  })
  await showPage(window)
  return {
    use: ports.use,
    close: async () => {
      forgetPower()
      ports.close()
      if (!window.isDestroyed()) {
        place = placeOf(window)
        window.destroy()
      }
      if (place !== null) await keepPlace(folder, place)
    },
  }
}

/** What the page may do, with everything that it might ever open guarded before it shows a thing. */
function preferencesOf(electron: ElectronParts, site: FaceSite): WebPreferences {
  const warn = warnOf(site)
  electron.app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, warn)
  })
  const session = electron.session.fromPartition(PARTITION)
  guardSession(session, warn)
  session.protocol.handle(APP_SCHEME, appHandler(site.build.assetsDir))
  return webPreferences({
    preload: join(site.build.root, 'out', 'preload', 'preload.cjs'),
    session,
    hasDevTools: !electron.app.isPackaged,
  })
}

function setMenu({ app, Menu }: ElectronParts, window: BrowserWindow): void {
  const template = menuTemplate({
    platform: process.platform,
    hasDevTools: !app.isPackaged,
    wish: (wish) => {
      bringForward(window)
      window.webContents.send(CHANNELS.menu, wish)
    },
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function displaysOf({ screen }: ElectronParts): Rectangle[] {
  return screen.getAllDisplays().map(({ workArea }) => workArea)
}

function warnOf({ logger }: FaceSite): (sentence: string) => void {
  return (sentence) => {
    logger.warn(sentence)
  }
}

/** Closing the window or quitting ends the console in its own order; Electron alone would end it at once. */
function stopWith(app: ElectronParts['app'], stop: () => void): void {
  app.on('window-all-closed', stop)
  app.on('before-quit', (event) => {
    event.preventDefault()
    stop()
  })
}
