import { existsSync, readFileSync } from 'node:fs'
import { access, constants, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { once } from 'node:events'
import { LOOPBACK } from '../host/admission.ts'
import { lockFolder } from '../store/lock.ts'
import { openStore } from '../store/open.ts'
import { openVault } from '../vault/open.ts'
import { areDumpsOff } from './crashDumps.ts'
import { failureOf } from './exit.ts'
import type { Surroundings } from './surroundings.ts'

/** Patience of a check with the keychain, milliseconds: nobody is there to unlock it. */
const KEYCHAIN_MS = 3_000

/** Room on the disk below which a journal soon has trouble, bytes. */
const LITTLE_ROOM_BYTES = 512 * 1024 * 1024

/** A clock that shows less than this, epoch milliseconds (2025-01-01), was never set. */
const EARLIEST_NOW_MS = 1_735_689_600_000

/** One thing that the console needs. */
export interface Finding {
  name: string
  /** `missing` is something that one can do without. */
  state: 'good' | 'missing' | 'bad'
  text: string
}

/** Looks at everything that the console needs; changes nothing and makes no folder. */
export async function examine(dataDir: string, surroundings: Surroundings): Promise<Finding[]> {
  const { build, clock } = surroundings
  return [
    { name: 'Console', state: 'good', text: build.version },
    { name: 'Node', state: 'good', text: `${process.versions.node} on ${process.platform} ${process.arch}` },
    page(build.assetsDir),
    await keychain(dataDir, surroundings),
    crashDumps(),
    electronRuntime(build.root),
    await folder(dataDir),
    await room(dataDir),
    await lock(dataDir, surroundings),
    await ports(),
    clockFinding(clock.nowMs()),
  ]
}

function page(assetsDir: string): Finding {
  const isBuilt = existsSync(join(assetsDir, 'index.html'))
  return {
    name: 'Page',
    state: isBuilt ? 'good' : 'bad',
    text: isBuilt ? 'built' : 'not built: run `npm run build`',
  }
}

async function keychain(dataDir: string, { build, clock, env }: Surroundings): Promise<Finding> {
  const name = 'Keychain'
  const { keychainUrl } = build
  const vault = openVault({ dataDir, keychainUrl, env, nowMs: clock.nowMs, answerMs: KEYCHAIN_MS })
  try {
    const { place, backend, state, why, tip } = await vault.keeping()
    if (why === '') return { name, state: 'good', text: backend }
    const isUsable = place !== 'memory' && state === 'ready'
    return { name, state: isUsable ? 'bad' : 'missing', text: `${why} ${tip}`.trim() }
  } finally {
    vault.close()
  }
}

/** A dump of memory would hold what the keychain gave. */
function crashDumps(): Finding {
  const name = 'Crash dumps'
  if (areDumpsOff()) return { name, state: 'good', text: 'off: a crash leaves no memory on the disk' }
  return { name, state: 'bad', text: 'on: start with npm start, or install prlimit (util-linux)' }
}

/** Looks at the files only: importing `electron` here would download it. */
function electronRuntime(root: string): Finding {
  const name = 'Electron runtime'
  const folderOfElectron = join(root, 'node_modules', 'electron')
  const pathFile = join(folderOfElectron, 'path.txt')
  const binary = existsSync(pathFile) ? join(folderOfElectron, 'dist', readFileSync(pathFile, 'utf8')) : ''
  if (binary !== '' && existsSync(binary)) return { name, state: 'good', text: binary }
  return { name, state: 'missing', text: 'not downloaded; the screens are served to a browser' }
}

async function folder(dataDir: string): Promise<Finding> {
  const name = 'Data folder'
  const nearest = nearestExisting(dataDir)
  try {
    await access(nearest, constants.W_OK)
    return { name, state: 'good', text: nearest === dataDir ? dataDir : `${dataDir} (will be made)` }
  } catch {
    return { name, state: 'bad', text: `${nearest} cannot be written; choose another with --data` }
  }
}

async function room(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearestExisting(dataDir))
  const free = bavail * bsize
  const text = `${(free / 1024 ** 3).toFixed(1)} GiB free`
  return { name: 'Disk', state: free < LITTLE_ROOM_BYTES ? 'bad' : 'good', text }
}

/** Tries the lock only where a store is: trying it elsewhere would leave a file behind. */
async function lock(dataDir: string, { build, clock }: Surroundings): Promise<Finding> {
  const name = 'Lock'
  try {
    await (await openStore({ dataDir, workerUrl: build.workerUrl, mode: 'read' })).close()
    lockFolder(dataDir, clock.nowMs()).release()
    return { name, state: 'good', text: 'free' }
  } catch (error) {
    const { code, message } = failureOf(error)
    if (code === 'not-found') return { name, state: 'good', text: 'free; no console has run here yet' }
    return { name, state: code === 'held' ? 'good' : 'bad', text: message }
  }
}

async function ports(): Promise<Finding> {
  const server = createServer()
  try {
    server.listen(0, LOOPBACK)
    await once(server, 'listening')
    return { name: 'Ports', state: 'good', text: `${LOOPBACK} can be listened on` }
  } catch (error) {
    return {
      name: 'Ports',
      state: 'bad',
      text: `${LOOPBACK} cannot be listened on: ${(error as Error).message}`,
    }
  } finally {
    server.close()
  }
}

function clockFinding(nowMs: number): Finding {
  const text = `${new Date(nowMs).toISOString()} (${Intl.DateTimeFormat().resolvedOptions().timeZone})`
  return { name: 'Clock', state: nowMs < EARLIEST_NOW_MS ? 'bad' : 'good', text }
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path))
}
