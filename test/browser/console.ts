import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright'

const LAUNCH = fileURLToPath(new URL('../../electron/launch.js', import.meta.url))
const READY = /^ready (http:\/\/127\.0\.0\.1:\d+\/#token=\S+)$/m

/** Longest that a start may take, milliseconds: it may have to build first. */
const START_WITHIN_MS = 110_000

/** Where a Chromium may be, in the order in which they are tried. */
const CHROMIUM = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** The built console as a process of its own. */
export interface RunningConsole {
  /** The link that it printed, with its token. */
  link: string
  origin: string
  /** Everything that it has said on stderr. */
  log: () => string
  /** Ends it as a crash would, with no time to say goodbye (Linux). */
  kill: () => Promise<void>
  /** Stops it as an operator would and answers its exit code. */
  close: () => Promise<number | null>
}

/** Starts `serve --host browser` with more arguments on a data folder of its own and waits for its ready line. */
export async function startConsole(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<RunningConsole> {
  const dataDir = mkdtempSync(join(tmpdir(), 'console-browser-'))
  const child = spawn(
    process.execPath,
    [LAUNCH, 'serve', '--host', 'browser', '--no-open', '--data', join(dataDir, 'data'), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env },
  )
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const link = await readyLink(child, ended).catch((error: unknown) => {
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  })
  return {
    link,
    origin: new URL(link).origin,
    log: () => log,
    kill: async () => {
      // The child is the launcher; the console is the launcher's.
      const { pid = 0 } = child
      const consoles = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
      for (const console of consoles) process.kill(Number(console), 'SIGKILL')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
    close: async () => {
      child.kill('SIGTERM')
      const code = await ended
      rmSync(dataDir, { recursive: true, force: true })
      return code
    },
  }
}

/** What a console on a profile may have beside its connections. */
export interface ConsoleMore {
  args?: readonly string[]
  /** More in its profile. */
  profile?: object
  /** Its environment in place of ours. */
  env?: NodeJS.ProcessEnv
}

/** Starts a console on a profile with these connections. */
export async function startConsoleOn(
  connections: readonly object[],
  { args = [], profile = {}, env }: ConsoleMore = {},
): Promise<RunningConsole> {
  const folder = mkdtempSync(join(tmpdir(), 'console-profile-'))
  const file = join(folder, 'profile.json')
  writeFileSync(file, JSON.stringify({ name: 'test', environment: 'sandbox', connections, ...profile }))
  const running = await startConsole(['--profile', file, ...args], env)
  rmSync(folder, { recursive: true })
  return running
}

function readyLink(child: ChildProcess, ended: Promise<number | null>): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    let log = ''
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`The console was not ready in time. It said:\n${log}`))
    }, START_WITHIN_MS)
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const link = READY.exec(out)?.[1]
      if (link === undefined) return
      clearTimeout(late)
      resolve(link)
    })
    void ended.then((code) => {
      clearTimeout(late)
      reject(new Error(`The console ended with ${String(code)} before it was ready. It said:\n${log}`))
    })
  })
}

/** Starts the Chromium of this machine, with more arguments; fails with what to do when there is none. */
export function startBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = CHROMIUM.find((place) => place !== undefined && existsSync(place))
  if (executablePath === undefined) {
    throw new Error('No Chromium was found: install one, or set CHROMIUM_PATH to where it is.')
  }
  // Chromium refuses to build its sandbox as root, which is what a container gives it.
  return chromium.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...args],
  })
}

/** A page, and everything that its browser complained about: errors of its log, exceptions, breaches of its content policy. */
export interface WatchedPage {
  page: Page
  context: BrowserContext
  complaints: string[]
}

/** Opens an empty page in a context of its own. */
export async function openPage(browser: Browser, size = { width: 1280, height: 800 }): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const complaints: string[] = []
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (breach) => {
      console.error(`policy: ${breach.violatedDirective} ${breach.blockedURI} ${breach.sample}`)
    })
  })
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, context, complaints }
}

/** The rows of the main grid that stand in the page, without its head. */
export function gridRows(page: Page): Locator {
  return page
    .getByRole('grid', { name: 'Intents' })
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })
}

/** Opens a screen by its link in the rail. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor({ state: 'attached' })
}
