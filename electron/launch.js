#!/usr/bin/env node
// Starts the console, after building what is missing or stale: in a window where Electron's runtime is, else with a Node that
// it can run on. Runs under Node 20 itself.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findRuntime } from './launch/runtime.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const program = join(root, 'out', 'main', 'cli.js')
const page = join(root, 'out', 'renderer', 'index.html')

/** Oldest Node that the console runs on (package.json, engines). */
const OLDEST_NODE = [22, 12]

/** What the build is made of, apart from the folders. */
const BUILD_FILES = ['electron.vite.config.ts', 'package.json', 'package-lock.json']
const SOURCE_FOLDERS = ['electron', 'shared', 'renderer']

/** A build takes seconds; a lock this old (milliseconds) was left by one that was killed. */
const LOCK_IS_LEFT_OVER_MS = 180_000

/** How often it is looked whether another build is done, or our shell gone, milliseconds. */
const LOOK_AGAIN_MS = 200

/** Exit codes of a program that ended itself: Electron does where its sandbox is not allowed. */
const CRASHES = ['SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGSEGV'].map((name) => 128 + constants.signals[name])

/** A window that opens does so within this, milliseconds. */
const STARTED_MS = 15_000

/** Exit code of the signal that this start was ended with; null while nobody ended it. */
let toldToStop = null

/** The project's own Node where it is installed, else this one when it is new enough. */
function findNode() {
  const installed = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (existsSync(installed)) return installed
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return process.execPath
  throw new Error(
    `Node ${OLDEST_NODE.join('.')} or later is needed and this is ${process.versions.node}: run npm ci.`,
  )
}

/** Newest modification of a file or of anything in a folder, epoch milliseconds; tests are not built. */
function newestMs(path) {
  const facts = statSync(path, { throwIfNoEntry: false })
  if (facts === undefined || path.endsWith('.test.ts')) return 0
  if (!facts.isDirectory()) return facts.mtimeMs
  // A folder's own time tells of files that were removed.
  return Math.max(facts.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))))
}

/** Whether the build is missing or older than what it is made of. A packaged build carries no sources and is never stale. */
function isStale() {
  if (!existsSync(join(root, 'electron', 'cli.ts'))) return false
  if (!existsSync(program) || !existsSync(page)) return true
  const builtMs = Math.min(statSync(program).mtimeMs, statSync(page).mtimeMs)
  return [...BUILD_FILES, ...SOURCE_FOLDERS].some((name) => newestMs(join(root, name)) > builtMs)
}

/** Makes the folder that tells other starts to wait; false when another start holds it. */
function takeLock(lock) {
  try {
    mkdirSync(dirname(lock), { recursive: true })
    mkdirSync(lock)
    writeFileSync(join(lock, 'pid'), String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const facts = statSync(lock, { throwIfNoEntry: false })
    if (facts !== undefined && Date.now() - facts.mtimeMs > LOCK_IS_LEFT_OVER_MS) {
      rmSync(lock, { recursive: true, force: true })
    }
    return false
  }
}

/** Builds with everything that the build says on stderr, since stdout belongs to the program. */
async function build(node) {
  process.stderr.write('Building the console; this takes a few seconds.\n')
  const tool = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const code = await run(node, [tool, 'build', '--logLevel', 'error'], {
    // The build looks for its settings in the folder that it runs in.
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (code !== 0) throw new Error('The build failed; what it said stands above.')
}

/** Builds when needed, one start at a time; those who wait find it done. */
async function ensureBuilt(node) {
  const lock = join(root, 'out', '.building')
  while (isStale()) {
    if (!takeLock(lock)) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
      continue
    }
    try {
      if (isStale()) await build(node)
      return
    } finally {
      rmSync(lock, { recursive: true, force: true })
    }
  }
}

/**
 * Calls back once when the shell that npm started us in is gone. npm sends its signals to that shell, which dies of them
 * without passing them on. Started otherwise, a console may well outlive its parent.
 */
function whenShellIsGone(callback) {
  if (process.env.npm_lifecycle_event === undefined) return () => undefined
  const shell = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(timer)
    callback()
  }, LOOK_AGAIN_MS)
  return () => clearInterval(timer)
}

/** Runs a program to its end, passing signals on; answers its exit code. Aborted, the program is told to end. */
function run(command, args, { stdio, cwd = process.cwd(), env = process.env, signal: aborting }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio, env })
    aborting?.addEventListener('abort', () => child.kill())
    const pass = (signal) => {
      toldToStop = 128 + constants.signals[signal]
      child.kill(signal)
    }
    const stopWatching = whenShellIsGone(() => pass('SIGTERM'))
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, pass)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      stopWatching()
      for (const name of signals) process.off(name, pass)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}

/** A core dump would hold credentials. What is started from here inherits the limit; where there is no prlimit, doctor says so. */
function preventDumps() {
  if (process.platform !== 'linux') return
  spawnSync('prlimit', ['--pid', String(process.pid), '--core=0:0'], { stdio: 'ignore' })
}

/** Whether a command line asks for the window: it may serve, and names no other host. */
function wantsWindow(args) {
  const isHelp = args.includes('--help') || args.includes('-h')
  const at = args.lastIndexOf('--host')
  const host = at === -1 ? args.findLast((arg) => arg.startsWith('--host='))?.slice(7) : args[at + 1]
  return args[0] === 'serve' && !isHelp && (host ?? 'desktop') === 'desktop'
}

/** Runs the console in a window when asked for one that can be had, else under Node; says why when it cannot. */
async function start(node, args) {
  // The channel tells the program when this process is gone, so that it never stays behind alone.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
  if (!wantsWindow(args)) return run(node, [program, ...args], { stdio })
  // Set by editors for terminals of their own, it would make Electron a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const say = (sentence) => process.stderr.write(`${sentence}\n`)
  const found = await findRuntime({ root, node, env, say, run })
  if (toldToStop !== null) return toldToStop
  if (found.program !== undefined) {
    const startedAtMs = performance.now()
    const code = await run(found.program, [root, '--', ...args], { stdio, env })
    const hasCrashed = CRASHES.includes(code) && performance.now() - startedAtMs < STARTED_MS
    if (!hasCrashed || toldToStop !== null) return code
  }
  const why = found.why ?? 'Electron cannot open a window on this machine'
  say(`${why}, so the screens are served to a browser.`)
  return run(node, [program, ...args, '--host', 'browser'], { stdio })
}

try {
  preventDumps()
  const node = findNode()
  await ensureBuilt(node)
  process.exitCode = await start(node, process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
