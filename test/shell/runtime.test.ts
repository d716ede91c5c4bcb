import { spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { asOther } from '../otherUser.ts'

/** What `electron/launch/runtime.js` promises; plain JavaScript has no types to import. */
interface Runtime {
  findRuntime: (site: {
    root: string
    node: string
    env: NodeJS.ProcessEnv
    say: (sentence: string) => void
    run: (
      command: string,
      args: string[],
      options: { env: NodeJS.ProcessEnv; signal: AbortSignal },
    ) => Promise<number>
    machine: { platform: string; userId: number; standstillMs: number }
  }) => Promise<{ program?: string; why?: string }>
}

const LAUNCH = join(import.meta.dirname, '../../electron/launch')
const { findRuntime } = (await import(pathToFileURL(join(LAUNCH, 'runtime.js')).href)) as Runtime

/** Stand-ins for the package's own script, which downloads. */
const INSTALLS = {
  works: `
const fs = require('node:fs'), path = require('node:path')
fs.writeFileSync(path.join(process.env.TMPDIR, 'zip'), 'x')
fs.mkdirSync(path.join(__dirname, 'dist'), { recursive: true })
fs.writeFileSync(path.join(__dirname, 'dist', 'electron'), '')`,
  refuses: 'process.exit(1)',
  'comes incomplete': '',
  hangs: 'setInterval(() => {}, 1000)',
}

let root: string
let said: string[]
let runs: number
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'runtime-'))
  said = []
  runs = 0
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

function install(how: keyof typeof INSTALLS): void {
  write('node_modules/electron/install.js', INSTALLS[how])
}

function find(env: NodeJS.ProcessEnv = {}, machine: object = {}): ReturnType<Runtime['findRuntime']> {
  return findRuntime({
    root,
    node: process.execPath,
    env: { DISPLAY: ':0', ...env },
    say: (sentence) => said.push(sentence),
    run: (command, args, { env: given, signal }) => {
      runs += 1
      return new Promise((resolve) => {
        const child = spawn(command, args, { env: given, stdio: 'ignore' })
        signal.addEventListener('abort', () => child.kill())
        child.on('close', (code) => {
          resolve(code ?? 143)
        })
      })
    },
    machine: { platform: 'linux', userId: 1000, standstillMs: 400, ...machine },
  })
}

const program = (): string => join(root, 'node_modules/electron/dist/electron')

describe('the Electron runtime', () => {
  test('that is there is taken as it is', async () => {
    install('refuses')
    write('node_modules/electron/dist/electron', '')
    expect([await find(), runs, said]).toEqual([{ program: program() }, 0, []])
  })

  test('that is missing is downloaded once, and said so', async () => {
    install('works')
    expect(await find()).toEqual({ program: program() })
    expect(said).toEqual(['Downloading the Electron runtime, once; about 120 MB.'])
    expect(await find()).toEqual({ program: program() })
    expect(runs).toBe(1)
    expect(existsSync(join(root, 'node_modules/.cache/electron-download/scratch'))).toBe(false)
  })

  test.each(['refuses', 'hangs'] as const)(
    'whose download %s is given up, and not tried again today',
    async (how) => {
      install(how)
      expect(await find()).toEqual({ why: 'The Electron runtime could not be downloaded' })
      expect((await find()).why).toContain('npx install-electron')
      expect(runs).toBe(1)
      const failed = join(root, 'node_modules/.cache/electron-download/failed')
      const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1_000)
      utimesSync(failed, yesterday, yesterday)
      install('works')
      expect(await find()).toEqual({ program: program() })
    },
  )

  test('that comes incomplete is not started', async () => {
    install('comes incomplete')
    expect((await find()).why).toContain('incomplete')
  })

  test('is not downloaded twice at once', async () => {
    install('hangs')
    const first = find()
    await vi.waitUntil(() => runs === 1)
    expect((await find()).why).toContain('by another start')
    await first
    expect(runs).toBe(1)
  })

  test('whose download was killed before is downloaded by the next start', async () => {
    install('works')
    write('node_modules/.cache/electron-download/scratch/pid', '999999999')
    expect(await find()).toEqual({ program: program() })
  })

  test.each([
    { what: 'no display', env: { DISPLAY: '' }, machine: {}, why: /no display/ },
    { what: 'root', env: {}, machine: { userId: 0 }, why: /root/ },
    { what: 'a wish', env: { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }, machine: {}, why: /not to be downloaded/ },
  ])('is not looked for where $what is in the way', async ({ env, machine, why }) => {
    install('works')
    expect((await find(env, machine)).why).toMatch(why)
    expect(runs).toBe(0)
  })

  test('is left where this user may not write', async () => {
    install('works')
    write('node_modules/.cache/electron-download', 'a file where a folder should be')
    expect((await find()).why).toMatch(/cannot be written here \(E[A-Z]+\)/)
    expect(runs).toBe(0)
  })

  test('is not asked of a checkout that has no Electron', async () => {
    expect((await find()).why).toBe('Electron is not installed')
  })

  test('needs no display where there is always one', async () => {
    write('node_modules/electron/dist/electron.exe', '')
    const found = await find({ DISPLAY: '' }, { platform: 'win32' })
    expect(found.program).toContain('electron.exe')
  })
})

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  /** Prints how it was started, as Electron or as Node. */
  const TELL = (name: string): string => `console.log('${name}', JSON.stringify(process.argv.slice(2)))`

  beforeEach(() => {
    cpSync(join(LAUNCH, '../launch.js'), join(root, 'electron/launch.mjs'))
    cpSync(LAUNCH, join(root, 'electron/launch'), { recursive: true })
    write('out/renderer/index.html', '')
    write('out/main/cli.js', TELL('node'))
    chmodSync(root, 0o755)
  })

  function runtime(script: string): void {
    install('refuses')
    write('node_modules/electron/dist/electron', `#!/bin/sh\n${script}\n`)
    chmodSync(program(), 0o755)
  }

  /** Starts it as an ordinary user, whoever runs the tests: Electron does not run as root. */
  function start(
    args: string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const { program, args: words } = asOther('ordinary user', [
      process.execPath,
      join(root, 'electron/launch.mjs'),
      ...args,
    ])
    return new Promise((resolve) => {
      const child = spawn(program, words, {
        env: { PATH: process.env['PATH'], DISPLAY: ':0', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
      child.on('close', (code) => {
        resolve({ code, stdout, stderr })
      })
    })
  }

  test('prefers the window where the runtime is, with our options kept from Chromium', async () => {
    runtime('echo "electron $*"; test -z "$ELECTRON_RUN_AS_NODE" || echo "as node"')
    const { stdout, stderr } = await start(['serve', '--demo'], { ELECTRON_RUN_AS_NODE: '1' })
    expect([stdout, stderr]).toEqual([`electron ${root} -- serve --demo\n`, ''])
  })

  test.each([
    ['another host is named', ['serve', '--host', 'browser']],
    ['another host is named with =', ['serve', '--host=browser']],
    ['it is another command', ['find', '--json']],
    ['help is asked for', ['serve', '--help']],
  ])('runs under Node when %s', async (_, args) => {
    runtime('echo electron')
    const { stdout, stderr } = await start(args)
    expect([stdout, stderr]).toEqual([`node ${JSON.stringify(args)}\n`, ''])
  })

  test('says in one sentence why there is no window, and serves a browser', async () => {
    runtime('echo electron')
    const { stdout, stderr } = await start(['serve', '--host', 'desktop'], { DISPLAY: '' })
    expect(stdout).toBe('node ["serve","--host","desktop","--host","browser"]\n')
    expect(stderr).toBe('There is no display here, so the screens are served to a browser.\n')
  })

  test('serves a browser when Electron ends itself at once, as it does where its sandbox is forbidden', async () => {
    runtime('kill -TRAP $$')
    const { stdout, stderr } = await start(['serve'])
    expect(stdout).toBe('node ["serve","--host","browser"]\n')
    expect(stderr).toContain('cannot open a window on this machine')
  })

  test('passes the exit code of the window on', async () => {
    runtime('exit 3')
    expect(await start(['serve'])).toEqual({ code: 3, stdout: '', stderr: '' })
  })
})
