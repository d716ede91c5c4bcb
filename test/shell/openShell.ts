import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { RouterClient } from '@orpc/server'
import type { Face } from '../../electron/cli/face.ts'
import { desktopFace } from '../../electron/shell/desktop.ts'
import { sampleRouter, type SampleRouter } from '../hosts/sampleRouter.ts'
import { settableClock, type SettableClock } from '../settableClock.ts'
import {
  stubElectron,
  type Machine,
  type Stage,
  type StubContents,
  type StubFrame,
  type StubPort,
  type StubSession,
  type StubWindow,
} from './electronStub.ts'

/** A page as it is built, small enough to read. */
const PAGE = '<!doctype html><meta name="style-nonce" content="__STYLE_NONCE__"><title>Test</title>'

/** The desktop's shell around a router of the suite's own, on a stub of Electron. */
export interface OpenShell {
  stage: Stage
  window: StubWindow
  contents: StubContents
  session: StubSession
  face: Face
  folder: string
  clock: SettableClock
  /** Sentences of its log from `warn` up. */
  log: string[]
  /** What the shell told the console. */
  told: string[]
  /** Asks for a port as the page does, or as whoever `from` says. */
  ask: (from?: { sender?: unknown; senderFrame?: unknown }) => void
  /** The newest port that the page was handed. */
  port: () => StubPort
  clear: () => Promise<void>
}

/** Opens the shell on a scratch folder, or on one that is given. */
export async function openShell(machine: Machine & { folder?: string } = {}): Promise<OpenShell> {
  const root = mkdtempSync(join(tmpdir(), 'shell-'))
  const folder = machine.folder ?? join(root, 'data')
  mkdirSync(folder, { recursive: true })
  mkdirSync(join(root, 'page', 'assets'), { recursive: true })
  writeFileSync(join(root, 'page', 'index.html'), PAGE)
  writeFileSync(join(root, 'page', 'assets', 'index-1.js'), 'export const one = 1\n')
  const { parts, stage } = stubElectron(machine)
  const kind = desktopFace(parts)
  kind.claim(folder)
  const log: string[] = []
  const told: string[] = []
  const keep = (sentence: string): void => void log.push(sentence)
  const clock = settableClock()
  const opening = kind.open({
    router: sampleRouter(),
    build: {
      version: '0.0.0-test',
      root,
      workerUrl: new URL('file:///nowhere'),
      keychainUrl: new URL('file:///nowhere'),
      assetsDir: join(root, 'page'),
    },
    folder,
    clock,
    logger: { error: keep, warn: keep, info: () => undefined, debug: () => undefined },
    signal: new AbortController().signal,
    stop: () => void told.push('stop'),
    tell: (what) => {
      told.push(what)
      return Promise.resolve()
    },
  })
  stage.becomeReady()
  const face = await opening
  const [window] = stage.windows
  const [session] = stage.sessions
  if (window === undefined || session === undefined) throw new Error('The shell opened no window.')
  const contents = window.webContents
  return {
    stage,
    window,
    contents,
    session,
    face,
    folder,
    clock,
    log,
    told,
    ask: (from = {}) => {
      const { sender = contents, senderFrame = contents.mainFrame } = from
      stage.ipcMain.emit('port', { sender, senderFrame })
    },
    port: () => newestPort(contents.mainFrame),
    clear: async () => {
      await face.close()
      rmSync(root, { recursive: true })
    },
  }
}

function newestPort(frame: StubFrame): StubPort {
  const port = frame.handed.at(-1)?.port
  if (port === undefined) throw new Error('The page was handed no port.')
  return port
}

/** The router as a page calls it over a port of its own. */
export function callOver(port: StubPort): RouterClient<SampleRouter> {
  const client = createORPCClient<RouterClient<SampleRouter>>(new RPCLink({ port: port.inner }))
  port.inner.start()
  return client
}
