import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import vm from 'node:vm'
import { resolveConfig } from 'electron-vite'
import { build, type InlineConfig } from 'vite'

/** What a sandboxed preload may require (Electron's sandbox tutorial); anything else throws there as it does here. */
const REQUIRABLE = new Set(['electron', 'events', 'timers', 'url'])

/** What a preload did when it ran. */
export interface Ran {
  required: string[]
  /** What it gave to the page, by the name on the page's global. */
  exposed: Record<string, unknown>
  ipc: EventEmitter & { sent: unknown[][] }
  /** Messages to the page's own window. */
  messages: { message: unknown; targetOrigin: unknown; ports: unknown }[]
}

/** Builds the preload as `npm run build` does, and answers its one file's name and text. */
export async function buildPreload(): Promise<{ fileName: string; code: string }> {
  const root = join(import.meta.dirname, '../..')
  const { config } = await resolveConfig({ root, logLevel: 'error' }, 'build', 'production')
  const preload = config?.preload as InlineConfig
  const built = await build({ ...preload, build: { ...preload.build, write: false } })
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  const [only, ...more] = outputs
  if (only?.type !== 'chunk' || more.length > 0) throw new Error('The preload is more than one file.')
  return { fileName: only.fileName, code: only.code }
}

/** Runs a built preload as a sandboxed one is run: CommonJS, a handful of modules, no Node. */
export function runPreload(code: string): Ran {
  const ipc = Object.assign(new EventEmitter(), {
    sent: [] as unknown[][],
    send: (...args: unknown[]) => void ipc.sent.push(args),
  })
  ipc.setMaxListeners(0)
  const ran: Ran = { required: [], exposed: {}, ipc, messages: [] }
  const electron = {
    ipcRenderer: ipc,
    contextBridge: {
      exposeInMainWorld: (name: string, value: unknown) => {
        ran.exposed[name] = value
      },
    },
  }
  const page = {
    postMessage: (message: unknown, targetOrigin: unknown, ports: unknown) =>
      ran.messages.push({ message, targetOrigin, ports }),
  }
  vm.runInNewContext(code, {
    window: page,
    exports: {},
    module: { exports: {} },
    require: (name: string) => {
      ran.required.push(name)
      if (!REQUIRABLE.has(name)) throw new Error(`module not found: ${name}`)
      return name === 'electron' ? electron : {}
    },
  })
  return ran
}

/** Every path to a value inside what was exposed, with its kind; a way out of the list cannot hide behind a getter or a prototype. */
export function keyPaths(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`]
  return Reflect.ownKeys(value).flatMap((key) => {
    const inner = path === '' ? String(key) : `${path}.${String(key)}`
    return keyPaths(Reflect.get(value, key) as unknown, inner)
  })
}
