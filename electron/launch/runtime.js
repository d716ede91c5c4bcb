// Finds the Electron runtime by its files; importing `electron` in plain Node would download it by itself. Runs under Node 20.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The download stands still when it has not grown for this long, milliseconds: on a closed network it never begins to. */
const STANDSTILL_MS = 20_000

/** Longest download, milliseconds: 120 MB over a line of 2 Mbit/s. */
const LONGEST_DOWNLOAD_MS = 480_000

/** A download that failed is not tried again for a day (milliseconds), so that starts on a closed network are instant. */
const FAILED_FOR_MS = 86_400_000

/** How often it is looked how far the download is, milliseconds. */
const LOOK_MS = 500

/** Bytes between two lines of progress. */
const LINE_EVERY_BYTES = 20_000_000

/** Where the program is inside the runtime's folder (electron/install.js, getPlatformPath). */
const PROGRAMS = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/** What is known of the machine that the runtime is for. */
const THIS_MACHINE = {
  platform: process.platform,
  userId: process.getuid?.() ?? null,
  standstillMs: STANDSTILL_MS,
}

/**
 * The program that opens a desktop window, downloaded once when it is missing; or why there is none, as the first half of a
 * sentence. `run` runs a program to its end, can be aborted, and answers its exit code. `machine` is this one.
 */
export async function findRuntime({ root, node, env, say, run, machine = THIS_MACHINE }) {
  const folder = join(root, 'node_modules', 'electron')
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist')
  const program = join(dist, PROGRAMS[machine.platform] ?? 'electron')
  const obstacle = findObstacle(env, machine)
  if (obstacle !== null) return { why: obstacle }
  if (existsSync(program)) return { program }
  if (!existsSync(join(folder, 'install.js'))) return { why: 'Electron is not installed' }
  if (env.ELECTRON_SKIP_BINARY_DOWNLOAD) return { why: 'The Electron runtime is not to be downloaded here' }
  const place = join(root, 'node_modules', '.cache', 'electron-download')
  const failed = readFailure(place)
  if (failed !== null) return { why: failed }
  const why = await download({ folder, place, dist, node, env, say, run, machine })
  if (why === null && existsSync(program)) return { program }
  return { why: why ?? 'The Electron runtime came incomplete' }
}

/** Why a window cannot open on this machine whatever is installed; null when nothing is known against it. */
function findObstacle(env, { platform, userId }) {
  if (platform !== 'linux') return null
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no display here'
  // It would start without its sandbox only, which it never does here.
  return userId === 0 ? 'Electron does not run as root' : null
}

/** Downloads with the package's own script, which checks the digest; answers why not, or null when it is there. */
async function download({ folder, place, dist, node, env, say, run, machine }) {
  const scratch = join(place, 'scratch')
  try {
    if (!takeFolder(scratch)) return 'The Electron runtime is being downloaded by another start'
  } catch (error) {
    return `The Electron runtime is missing and cannot be written here (${error.code})`
  }
  say('Downloading the Electron runtime, once; about 120 MB.')
  const ending = new AbortController()
  const stopWatching = watchGrowth([scratch, dist], {
    say,
    standstillMs: machine.standstillMs,
    giveUp: () => ending.abort(),
  })
  try {
    const code = await run(node, [join(folder, 'install.js')], {
      stdio: ['ignore', 'ignore', 'ignore'],
      // The download grows where its temporary files are.
      env: { ...env, TMPDIR: scratch, TMP: scratch, TEMP: scratch, ELECTRON_GET_NO_PROGRESS: '1' },
      signal: ending.signal,
    })
    if (code === 0) return null
    // A person who stops it has not tried it.
    if (code > 128 && !ending.signal.aborted) return 'The download of the Electron runtime was stopped'
    const why = 'The Electron runtime could not be downloaded'
    writeFileSync(join(place, 'failed'), why)
    return why
  } finally {
    stopWatching()
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Why the last download failed, with what tries it at once; null when there was none, or long ago. */
function readFailure(place) {
  const file = join(place, 'failed')
  const facts = statSync(file, { throwIfNoEntry: false })
  if (facts === undefined || Math.abs(Date.now() - facts.mtimeMs) > FAILED_FOR_MS) return null
  return `${readFileSync(file, 'utf8')} (\`npx install-electron\` tries again)`
}

/** Takes a folder for this process alone; one left by a process that is gone is taken over. */
function takeFolder(folder) {
  const owner = join(folder, 'pid')
  if (existsSync(owner) && isAlive(Number(readFileSync(owner, 'utf8')))) return false
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(owner, String(process.pid))
  return true
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Says how far the download is, and gives it up when it stands still or takes too long. */
function watchGrowth(folders, { say, standstillMs, giveUp }) {
  const startedAtMs = performance.now()
  let grewAtMs = startedAtMs
  let bytes = 0
  let saidBytes = 0
  const timer = setInterval(() => {
    const nowMs = performance.now()
    const found = folders.reduce((sum, folder) => sum + bytesIn(folder), 0)
    if (found !== bytes) grewAtMs = nowMs
    bytes = found
    if (bytes - saidBytes >= LINE_EVERY_BYTES) {
      saidBytes = bytes
      say(`… ${Math.round(bytes / 1e6)} MB`)
    }
    if (nowMs - grewAtMs > standstillMs || nowMs - startedAtMs > LONGEST_DOWNLOAD_MS) giveUp()
  }, LOOK_MS)
  return () => clearInterval(timer)
}

function bytesIn(path) {
  const facts = statSync(path, { throwIfNoEntry: false })
  if (facts === undefined) return 0
  if (!facts.isDirectory()) return facts.size
  try {
    return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0)
  } catch {
    // Moved away meanwhile.
    return 0
  }
}
