import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright'

const LAUNCH = fileURLToPath(new URL('../../electron/launch.js', import.meta.url))
const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

/** What is measured: the build as it was at the beginning, whoever builds meanwhile. */
const MEASURED = fileURLToPath(new URL('../../node_modules/.cache/bench/measured', import.meta.url))

/** Where a Chromium may be, in the order in which they are tried. */
const CHROMIUM = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser']

/** A console in a process of its own. */
export interface BenchConsole {
  /** The link to its page. */
  link: string
  /** Resident memory of its process, bytes. */
  residentBytes: () => number
  close: () => Promise<void>
}

/** Builds the console where the build is stale, so that no start has to, and keeps that build. */
export function buildConsole(): void {
  const { status } = spawnSync(process.execPath, [LAUNCH, '--version'], { stdio: 'ignore' })
  if (status !== 0) throw new Error('The console cannot be built: run npm run build and read what it says.')
  rmSync(MEASURED, { recursive: true, force: true })
  for (const part of ['out', 'package.json'])
    cpSync(join(PROJECT, part), join(MEASURED, part), { recursive: true })
}

/** Starts the built console on a data folder, connected to one backend under the name `bench`. */
export async function startConsole(dataDir: string, url: string): Promise<BenchConsole> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-profile-'))
  const profile = join(folder, 'profile.json')
  const connections = [{ id: 'bench', system: 'fusion', url, credential: 'none' }]
  writeFileSync(profile, JSON.stringify({ name: 'bench', environment: 'sandbox', connections }))
  const args = ['serve', '--host', 'browser', '--no-open', '--log-level', 'error']
  const child = spawn(
    process.execPath,
    [join(MEASURED, 'out/main/cli.js'), ...args, '--data', dataDir, '--profile', profile],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const kill = (): boolean => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      process.off('exit', kill)
      resolve()
    }),
  )
  const link = await new Promise<string>((resolve, reject) => {
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const found = /^ready (\S+)$/m.exec(out)?.[1]
      if (found !== undefined) resolve(found)
    })
    void ended.then(() => {
      reject(new Error('The console ended before it was ready.'))
    })
  })
  return {
    link,
    residentBytes: () => {
      const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) * 1_024
    },
    close: async () => {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

/** Starts the Chromium of this machine; fails with what to do when there is none. */
export function startChromium(): Promise<Browser> {
  const executablePath = CHROMIUM.find((place) => place !== undefined && existsSync(place))
  if (executablePath === undefined)
    throw new Error('No Chromium was found: install one, or set CHROMIUM_PATH.')
  // Chromium refuses to build its sandbox as root, which is what a container gives it.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}
