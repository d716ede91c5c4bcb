#!/usr/bin/env node
// Starts the console with a Node that it can run on, after building what is missing or stale. Runs under Node 20 itself.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

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
  const code = await run(node, [tool, 'build', '--logLevel', 'error'], ['ignore', 2, 2])
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

/** Runs a program to its end, passing signals on; answers its exit code. */
function run(command, args, stdio) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: process.cwd(), stdio })
    const pass = (signal) => child.kill(signal)
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

try {
  const node = findNode()
  await ensureBuilt(node)
  // The channel tells the program when this process is gone, so that it never stays behind alone.
  process.exitCode = await run(
    node,
    [program, ...process.argv.slice(2)],
    ['inherit', 'inherit', 'inherit', 'ipc'],
  )
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
