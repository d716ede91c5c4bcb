import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  Rectangle,
  Session,
} from 'electron'
import type { ElectronParts } from '../../electron/shell/electron.ts'

type Handler<Name extends keyof Session> = Session[Name] extends (
  handler: infer H,
  ...rest: never[]
) => unknown
  ? NonNullable<H>
  : never

/** A frame as the main process sees it. */
export class StubFrame {
  processId = 7
  routingId: number
  parent: StubFrame | null = null
  /** Ports that were handed to the page in it, with the channel that they came on. */
  readonly handed: { channel: string; port: StubPort }[] = []
  #url: string

  constructor(url: string, routingId = 1) {
    this.#url = url
    this.routingId = routingId
  }

  get url(): string {
    return this.#url
  }

  set url(url: string) {
    this.#url = url
  }

  postMessage(channel: string, _message: unknown, [port]: StubPort[] = []): void {
    if (port !== undefined) this.handed.push({ channel, port })
  }
}

/** A port of the main process: silent until it is started, and events instead of data. */
export class StubPort extends EventEmitter {
  /** The thread's port below, as a page would hold it. */
  readonly inner: MessagePort
  closeCount = 0

  constructor(inner: MessagePort) {
    super()
    this.inner = inner
    inner.on('close', () => this.emit('close'))
  }

  start(): void {
    this.inner.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }

  postMessage(data: unknown): void {
    this.inner.postMessage(data)
  }

  close(): void {
    this.closeCount += 1
    this.inner.close()
  }
}

class StubMessageChannel {
  readonly port1: StubPort
  readonly port2: StubPort

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new StubPort(port1)
    this.port2 = new StubPort(port2)
  }
}

/** What a window shows. */
export class StubContents extends EventEmitter {
  mainFrame = new StubFrame('about:blank')
  readonly sent: { channel: string; message: unknown }[] = []
  reloadCount = 0
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }

  send(channel: string, message: unknown): void {
    this.sent.push({ channel, message })
  }

  reload(): void {
    this.reloadCount += 1
  }
}

/** A session with the handlers that were set on it. */
export class StubSession extends EventEmitter {
  readonly name: string
  handlers: {
    request?: Handler<'setPermissionRequestHandler'>
    check?: Handler<'setPermissionCheckHandler'>
    device?: Handler<'setDevicePermissionHandler'>
    before?: (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void
    scheme?: { name: string; handle: (request: Request) => Promise<Response> }
  } = {}
  readonly webRequest = {
    onBeforeRequest: (handler: NonNullable<StubSession['handlers']['before']>) => {
      this.handlers.before = handler
    },
  }
  readonly protocol = {
    handle: (name: string, handle: (request: Request) => Promise<Response>) => {
      this.handlers.scheme = { name, handle }
    },
  }

  constructor(name: string) {
    super()
    this.name = name
  }

  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'>): void {
    this.handlers.request = handler
  }

  setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'>): void {
    this.handlers.check = handler
  }

  setDevicePermissionHandler(handler: Handler<'setDevicePermissionHandler'>): void {
    this.handlers.device = handler
  }
}

/** A window; nothing of it is seen. */
export class StubWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents = new StubContents()
  loaded: string[] = []
  bounds: Rectangle
  isShown = false
  focusCount = 0
  #isMaximized = false
  #isMinimized = false
  #isDestroyed = false

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    const { x = 50, y = 60, width = 800, height = 600 } = options
    this.bounds = { x, y, width, height }
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    this.webContents.mainFrame.url = url
    this.emit('ready-to-show')
    return Promise.resolve()
  }

  getNormalBounds = (): Rectangle => this.bounds
  isMaximized = (): boolean => this.#isMaximized
  isMinimized = (): boolean => this.#isMinimized
  isDestroyed = (): boolean => this.#isDestroyed
  maximize = (): void => void (this.#isMaximized = true)
  minimize = (): void => void (this.#isMinimized = true)
  restore = (): void => void (this.#isMinimized = false)
  show = (): void => void (this.isShown = true)
  focus = (): void => void (this.focusCount += 1)
  destroy = (): void => void (this.#isDestroyed = true)
}

/** Everything that a test can see and do to the stub. */
export interface Stage {
  app: EventEmitter
  powerMonitor: EventEmitter
  ipcMain: EventEmitter
  windows: StubWindow[]
  sessions: StubSession[]
  schemes: CustomScheme[]
  menu: MenuItemConstructorOptions[]
  /** What was said before Electron was ready, in order. */
  before: string[]
  /** Electron's own start is over. */
  becomeReady: () => void
}

/** Settings of the pretended machine. */
export interface Machine {
  displays?: Rectangle[]
  isLockFree?: boolean
  isPackaged?: boolean
  onExit?: (code: number) => void
}

/** Makes a stub of the parts of Electron that the shell uses. */
export function stubElectron(machine: Machine = {}): { parts: ElectronParts; stage: Stage } {
  const { displays = [{ x: 0, y: 0, width: 1920, height: 1080 }], isLockFree = true } = machine
  const ready = Promise.withResolvers<undefined>()
  let isReady = false
  const stage: Stage = {
    app: new EventEmitter(),
    powerMonitor: new EventEmitter(),
    ipcMain: new EventEmitter(),
    windows: [],
    sessions: [],
    schemes: [],
    menu: [],
    before: [],
    becomeReady: () => {
      isReady = true
      ready.resolve(undefined)
    },
  }
  const beforeReady = (what: string): void => {
    // Electron throws for the first of these and quietly ignores the others.
    if (isReady) throw new Error(`${what} comes too late`)
    stage.before.push(what)
  }
  const app = Object.assign(stage.app, {
    isPackaged: machine.isPackaged ?? false,
    whenReady: () => ready.promise,
    enableSandbox: () => {
      beforeReady('sandbox')
    },
    setPath: (name: string, path: string) => {
      beforeReady(`${name}=${path}`)
    },
    requestSingleInstanceLock: () => {
      beforeReady('lock')
      return isLockFree
    },
    exit: (code: number) => machine.onExit?.(code),
  })
  class BrowserWindow extends StubWindow {
    constructor(options: BrowserWindowConstructorOptions) {
      if (!isReady) throw new Error('no window before Electron is ready')
      super(options)
      stage.windows.push(this)
      // As in Electron, before whoever makes the window holds it.
      stage.app.emit('web-contents-created', {}, this.webContents)
    }
  }
  const parts = {
    app,
    BrowserWindow,
    ipcMain: stage.ipcMain,
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (template: MenuItemConstructorOptions[]) => (stage.menu = template),
    },
    MessageChannelMain: StubMessageChannel,
    powerMonitor: stage.powerMonitor,
    protocol: {
      registerSchemesAsPrivileged: (schemes: CustomScheme[]) => {
        beforeReady('schemes')
        stage.schemes = schemes
      },
    },
    screen: { getAllDisplays: () => displays.map((workArea) => ({ workArea })) },
    session: {
      fromPartition: (name: string) => {
        const session = new StubSession(name)
        stage.sessions.push(session)
        return session
      },
    },
  }
  // A stub has the part of each class that the shell touches; what it does touch is checked where the shell is compiled.
  return { parts: parts as unknown as ElectronParts, stage }
}
